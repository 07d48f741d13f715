"""Taking a reply back: the ticket stands again as it did, but for what somebody changed since."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.models import Entry
from headway.events.vocabulary.mail import ReplyTakenBack
from headway.events.vocabulary.tickets import StatusChanged
from headway.foundation.clock import now
from headway.foundation.errors import Conflict
from headway.people.rules import Permission
from headway.tickets.actions import index
from headway.tickets.actions.assignment import give_to
from headway.tickets.actions.opening import opened, touched
from headway.tickets.models import Message, Status, Ticket
from headway.tickets.rules.texts import SNIPPET, one_line
from headway.tickets.rules.waiting import UNDO

_RESTORED = (
    "status", "category", "assignee", "waiting_since", "snoozed_until", "first_replied_at", "solved_at", "active_at",
    "snippet", "returned",
)  # fmt: skip
_MOVED = "ticket.status_changed"
_BESIDE_A_MOVE = ("ticket.solved", "ticket.reopened", "ticket.closed")
_GIVEN = "ticket.assigned"


def standing(ticket: Ticket, target: Status | None) -> dict[str, Any]:
    """How a ticket stands before a reply that moves it to `target`: ids and times, as JSON holds them."""
    return {
        "status": ticket.status_id,
        "moves": target is not None and target.pk != ticket.status_id,
        "assignee": ticket.assignee_id,
        "waiting_since": _written(ticket.waiting_since),
        "snoozed_until": _written(ticket.snoozed_until),
        "solved_at": _written(ticket.solved_at),
        "active_at": _written(ticket.active_at),
        "returned": ticket.returned,
    }


@transaction.atomic
def withdraw(message: Message, *, actor: Actor) -> Message:
    """Takes a reply out of its ticket, as if it had not been written. The caller has made sure that it never leaves.

    Status, assignee and times go back to what they were before the reply, except where somebody else changed them
    since: that stays. Raises Conflict when it was taken back already.
    """
    row = opened(message.ticket, actor=actor, needs=Permission.REPLY)
    found = Message.objects.select_for_update().get(pk=message.pk)
    if found.withdrawn_at is not None:
        raise Conflict(_("This reply was taken back already."))
    found.withdrawn_at = now()
    found.save(update_fields=["withdrawn_at"])
    index.forget_message(found)
    written = Entry.objects.filter(ticket_id=row.pk, kind="message.written", data__message_id=found.pk).first()
    undone: list[int] = []
    if written is not None and found.before is not None:
        undone = _restore(row, found, found.before, written, actor=actor)
    touched(row, *_RESTORED)
    event = ReplyTakenBack(ticket_id=row.pk, message_id=found.pk, undone_ids=tuple(undone))
    journal.record(event, actor=actor)
    return found


def _restore(row: Ticket, message: Message, before: dict[str, Any], written: Entry, *, actor: Actor) -> list[int]:
    """Undoes what the reply did to its locked ticket. Returns the journal's entries that count no more."""
    since = list(Entry.objects.filter(ticket_id=row.pk, id__gt=written.id).order_by("id"))
    undone = [written.id]
    if before["moves"]:
        undone += _move_back(row, before, since, actor=actor)
    if row.assignee_id != before["assignee"] and not _of(since, _GIVEN):
        give_to(row, before["assignee"], actor=actor, at=None, silent=False)
    said = Message.objects.filter(ticket_id=row.pk, withdrawn_at__isnull=True)
    ours = said.filter(direction=Message.Directions.OUT, automatic=False)
    row.first_replied_at = ours.aggregate(first=Min("at"))["first"]
    row.returned = row.returned or before.get("returned", "")
    if not ours.filter(at__gt=message.at).exists():
        waited = [at for at in (_read(before["waiting_since"]), row.waiting_since) if at is not None]
        row.waiting_since = min(waited, default=None) if row.solved_at is None else None
    _last_said(row, message, before, said.filter(held=False))
    return undone


def _move_back(row: Ticket, before: dict[str, Any], since: Sequence[Entry], *, actor: Actor) -> list[int]:
    """Sets the status back unless somebody moved the ticket after the reply did. Returns the reply's own moves."""
    moves = _of(since, _MOVED)
    if len(moves) != 1:
        return []
    status = Status.objects.get(pk=before["status"])
    event = StatusChanged(
        ticket_id=row.pk,
        from_status=row.status_id,
        from_category=row.category,
        to_status=status.pk,
        to_category=status.category,
        reason=UNDO,
    )
    row.status, row.category = status, status.category
    row.solved_at = _read(before["solved_at"])
    row.snoozed_until = row.snoozed_until or _read(before["snoozed_until"])
    journal.record(event, actor=actor)
    return [moves[0].id, *(entry.id for entry in _of(since, *_BESIDE_A_MOVE) if entry.at == moves[0].at)]


def _last_said(row: Ticket, message: Message, before: dict[str, Any], said: QuerySet[Message]) -> None:
    """The list shows the ticket by what was said last; what came after the reply stays the last."""
    last = said.order_by("-at", "-pk").first()
    if last is not None and last.at > message.at:
        return
    row.active_at = _read(before["active_at"]) or row.active_at
    row.snippet = one_line(last.text, SNIPPET) if last is not None else ""


def _of(entries: Sequence[Entry], *kinds: str) -> list[Entry]:
    return [entry for entry in entries if entry.kind in kinds]


def _written(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _read(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
