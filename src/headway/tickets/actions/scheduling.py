"""A reply for later: it waits, is checked when its time comes, and leaves once or is held back."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.scheduled import (
    ReplyHeldBack,
    ReplyRescheduled,
    ReplyScheduled,
    ReplyUnscheduled,
    ScheduledReplySent,
)
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from headway.foundation.files import holders
from headway.people.rules import Permission
from headway.tickets.actions.creating import Words
from headway.tickets.actions.files import attach_to_scheduled, attachments_of
from headway.tickets.actions.messages import reply
from headway.tickets.actions.opening import must_be_open, opened, touched
from headway.tickets.models import Message, Scheduled, Status, Ticket
from headway.tickets.queries.falling_due import last_entry, why_not
from headway.tickets.rules.texts import BODY, clean

_FURTHEST: Final = timedelta(days=366)


@transaction.atomic
def schedule(
    ticket: Ticket,
    words: Words,
    due: datetime,
    *,
    actor: Actor,
    status: Status | None = None,
    expected: int | None = None,
) -> Scheduled:
    """Keeps a reply until `due`; with `status`, the ticket moves when it is sent, not before.

    Raises Invalid for a time that is past or more than a year away, and what `reply` raises.
    """
    row = opened(ticket, actor=actor, needs=Permission.REPLY, expected=expected)
    must_be_open(row)
    writer = _writer(actor)
    text = clean(words.text, BODY)
    if not text.strip() and not words.files:
        raise Invalid(_("Write something before you send."), field="text")
    waiting = Scheduled.objects.create(
        ticket=row,
        agent_id=writer,
        text=text,
        html=clean(words.html),
        copied=list(words.copied),
        status=status,
        due_at=_to_come(due),
        written_at=now(),
        seen=last_entry(row.pk),
    )
    attach_to_scheduled(waiting, words.files)
    touched(row)
    event = ReplyScheduled(ticket_id=row.pk, scheduled_id=waiting.pk, due_ms=_ms(due))
    journal.record(event, actor=actor)
    return waiting


@transaction.atomic
def reschedule(
    scheduled: Scheduled,
    *,
    actor: Actor,
    due: datetime | None = None,
    text: str | None = None,
    html: str = "",
    expected: int | None = None,
) -> Scheduled:
    """Changes when a reply leaves or what it says; what was said on the ticket until now counts as seen.

    One that was held back waits again. Only its writer may: it leaves in their name.
    """
    row, waiting = _locked(scheduled, actor=actor, expected=expected)
    must_be_open(row)
    _must_be_own(waiting, actor)
    if text is not None:
        waiting.text, waiting.html = clean(text, BODY), clean(html)
        if not waiting.text.strip() and not waiting.files.exists():
            raise Invalid(_("Write something before you send."), field="text")
    waiting.due_at = _to_come(due or waiting.due_at)
    waiting.seen, waiting.held_at, waiting.held_because = last_entry(row.pk), None, ""
    waiting.save(update_fields=["text", "html", "due_at", "seen", "held_at", "held_because"])
    touched(row)
    event = ReplyRescheduled(ticket_id=row.pk, scheduled_id=waiting.pk, due_ms=_ms(waiting.due_at))
    journal.record(event, actor=actor)
    return waiting


@transaction.atomic
def unschedule(scheduled: Scheduled, *, actor: Actor) -> Scheduled:
    """Stops a reply that waits or is held back: it never leaves. Returns it as it was, with its words.

    Whoever may answer may stop a colleague's too. Raises NotFound when it has left or was stopped already.
    """
    row, waiting = _locked(scheduled, actor=actor)
    named = set(waiting.files.values_list("sha256", flat=True))
    Scheduled.objects.filter(pk=waiting.pk).delete()
    transaction.on_commit(lambda: holders.release(named))
    touched(row)
    journal.record(ReplyUnscheduled(ticket_id=row.pk, scheduled_id=waiting.pk, agent_id=waiting.agent_id), actor=actor)
    return waiting


@transaction.atomic
def send_scheduled(scheduled: Scheduled, *, actor: Actor, expected: int | None = None) -> Message:
    """Its writer sends a reply now, held back or not: they have seen what is new."""
    _row, waiting = _locked(scheduled, actor=actor, expected=expected)
    _must_be_own(waiting, actor)
    return _send(waiting, actor=actor)


def come_due(scheduled_id: int) -> bool:
    """Sends the reply whose time has come, or holds it back and says why. True: it was sent.

    It is checked, sent and gone in one transaction with its ticket locked, so it leaves once.
    """
    with transaction.atomic():
        # a ticket that a person is changing right now is left for the next run
        on = Scheduled.objects.filter(pk=scheduled_id).values("ticket_id")
        row = Ticket.objects.select_for_update(skip_locked=True).filter(pk__in=on).first()
        if row is None:
            return False
        waiting = Scheduled.objects.select_for_update().filter(pk=scheduled_id, ticket=row).first()
        if waiting is None or waiting.held_at is not None or waiting.due_at > now():
            return False
        reason = why_not(waiting, row)
        if not reason:
            try:
                _send(waiting, actor=waiting.agent.actor)
                return True
            except (Conflict, Forbidden, Invalid, NotFound) as refusal:
                # a status that asks for fields is what is left; the words are kept
                reason = Scheduled.Reasons.FIELDS if isinstance(refusal, Invalid) else Scheduled.Reasons.CLOSED
        _hold_back(waiting, row, reason)
        return False


@transaction.atomic
def _send(waiting: Scheduled, *, actor: Actor) -> Message:
    words = Words(
        text=waiting.text,
        html=waiting.html,
        files=attachments_of(waiting),
        copied=list(map(str, waiting.copied)),
    )
    status = waiting.status if waiting.status and waiting.status.archived_at is None else None
    # gone first: were this to fail, all of it is taken back
    Scheduled.objects.filter(pk=waiting.pk).delete()
    message = reply(waiting.ticket, words, actor=actor, status=status)
    event = ScheduledReplySent(ticket_id=message.ticket_id, scheduled_id=waiting.pk, message_id=message.pk)
    journal.record(event, actor=actor)
    return message


def _hold_back(waiting: Scheduled, ticket: Ticket, reason: str) -> None:
    waiting.held_at, waiting.held_because = now(), reason
    waiting.save(update_fields=["held_at", "held_because"])
    # it is somebody's turn: a ticket that sleeps until then comes back
    ticket.snoozed_until, ticket.returned = None, Ticket.Returns.HELD
    touched(ticket, "snoozed_until", "returned")
    event = ReplyHeldBack(ticket_id=ticket.pk, scheduled_id=waiting.pk, agent_id=waiting.agent_id, reason=str(reason))
    journal.record(event, actor=Actor.system())


def _locked(scheduled: Scheduled, *, actor: Actor, expected: int | None = None) -> tuple[Ticket, Scheduled]:
    """The ticket, then the reply: in this order everywhere, so that nobody waits in a circle."""
    row = opened(scheduled.ticket, actor=actor, needs=Permission.REPLY, expected=expected)
    found = Scheduled.objects.select_for_update().filter(pk=scheduled.pk, ticket=row).first()
    if found is None:
        raise NotFound(_("This reply does not wait any more: it has left or was stopped."))
    found.ticket = row
    return row, found


def _writer(actor: Actor) -> int:
    if actor.kind != "agent" or actor.id is None:
        raise Forbidden(_("Only people write replies for later."))
    return actor.id


def _must_be_own(waiting: Scheduled, actor: Actor) -> None:
    if waiting.agent_id != actor.id:
        raise Forbidden(_("It leaves in somebody else's name. Stop it, and write your own."))


def _to_come(due: datetime) -> datetime:
    at = now()
    if due <= at:
        raise Invalid(_("Choose a time that is still to come."), field="due")
    if due > at + _FURTHEST:
        raise Invalid(_("Choose a time within a year."), field="due")
    return due


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
