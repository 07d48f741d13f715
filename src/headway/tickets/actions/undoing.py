"""Taking the latest move from status to status back, as if it had not been made."""

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.models import Entry
from headway.events.vocabulary.tickets import MoveTakenBack, StatusChanged
from headway.foundation.clock import now
from headway.foundation.errors import Conflict
from headway.people.rules import Permission
from headway.tickets.actions.opening import opened, touched
from headway.tickets.models import Status, Ticket
from headway.tickets.rules.transitions import Category
from headway.tickets.rules.waiting import UNDO, Told, snoozed_until, waiting_since

_MOVED = "ticket.status_changed"
_BESIDE = ("ticket.solved", "ticket.reopened")
# After these the ticket stands differently than the move left it: going back would undo what others did.
_IN_THE_WAY = ("message.received", "message.written", "message.admitted", "ticket.merged", _MOVED)


@transaction.atomic
def take_move_back(ticket: Ticket, *, actor: Actor, expected: int | None = None) -> Ticket:
    """Puts the ticket back to the status that its latest move left, new ones among them, with who waits since when.

    Raises Conflict unless the same person made that move and nothing was said or moved since.
    """
    row = opened(ticket, actor=actor, needs=Permission.WORK, expected=expected)
    story = list(Entry.objects.filter(ticket_id=row.pk).order_by("id"))
    moved = next((entry for entry in reversed(story) if entry.kind in _IN_THE_WAY), None)
    if moved is None or not _may(moved, actor) or row.category == Category.CLOSED:
        raise Conflict(_("This cannot be undone any more."))
    undone = [moved.pk, *(each.pk for each in story if each.kind in _BESIDE and each.pk > moved.pk)]
    _put_back(row, moved, [each for each in story if each.pk not in undone], actor=actor)
    journal.record(MoveTakenBack(ticket_id=row.pk, undone_ids=tuple(undone)), actor=actor)
    return row


def _may(moved: Entry, actor: Actor) -> bool:
    own = moved.actor_kind == actor.kind and moved.actor_id == actor.id
    return own and moved.kind == _MOVED and moved.data.get("reason") != UNDO


def _put_back(row: Ticket, moved: Entry, before: list[Entry], *, actor: Actor) -> None:
    status = Status.objects.get(pk=moved.data["from_status"])
    event = StatusChanged(
        ticket_id=row.pk,
        from_status=row.status_id,
        from_category=row.category,
        to_status=status.pk,
        to_category=status.category,
        reason=UNDO,
    )
    told = [Told(each.pk, each.kind, each.at, each.data) for each in before]
    solved_at = max((each.at for each in before if each.kind == "ticket.solved"), default=None)
    row.status, row.category = status, status.category
    row.solved_at = solved_at if status.category == Category.SOLVED else None
    if row.waiting_since is None and row.solved_at is None:
        row.waiting_since = waiting_since(told)
    if row.snoozed_until is None and row.solved_at is None:
        row.snoozed_until = snoozed_until(told, now())
    touched(row, "status", "category", "solved_at", "waiting_since", "snoozed_until")
    journal.record(event, actor=actor)
