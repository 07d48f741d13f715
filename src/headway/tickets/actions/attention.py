"""Out of sight for a while, and apart for good: snooze and suspected spam."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.tickets import TicketCleared, TicketSnoozed, TicketSuspected, TicketWoken
from headway.foundation.clock import now
from headway.foundation.errors import Invalid
from headway.people.rules import Permission
from headway.tickets.actions.opening import must_be_open, opened, touched
from headway.tickets.models import Ticket
from headway.tickets.rules.snoozing import UNTIL_A_REPLY


@transaction.atomic
def snooze(ticket: Ticket, until: datetime | None, *, actor: Actor, expected: int | None = None) -> Ticket:
    """Hides the ticket until a time (None: no time) or the customer's reply. Raises Invalid for a time past."""
    row = opened(ticket, actor=actor, needs=Permission.WORK, expected=expected)
    must_be_open(row)
    until = until or UNTIL_A_REPLY
    if until <= now():
        raise Invalid(_("Choose a time that is still to come."), field="until")
    row.snoozed_until, row.returned = until, ""
    touched(row, "snoozed_until", "returned")
    journal.record(TicketSnoozed(ticket_id=row.pk, until_ms=int(until.timestamp() * 1000)), actor=actor)
    return row


@transaction.atomic
def move_snooze(ticket: Ticket, until: datetime, *, actor: Actor) -> None:
    """A snoozed ticket, locked, comes back at another time; at one that is past, now."""
    ticket.snoozed_until = until
    touched(ticket, "snoozed_until")
    journal.record(TicketSnoozed(ticket_id=ticket.pk, until_ms=int(until.timestamp() * 1000)), actor=actor)


@transaction.atomic
def wake(ticket: Ticket, *, actor: Actor, expected: int | None = None) -> Ticket:
    """Brings a snoozed ticket back; one that is not snoozed stays as it is."""
    row = opened(ticket, actor=actor, needs=Permission.WORK, expected=expected)
    if row.snoozed_until is not None:
        row.snoozed_until = None
        touched(row, "snoozed_until")
        journal.record(TicketWoken(ticket_id=row.pk, by=actor.kind), actor=actor)
    return row


@transaction.atomic
def suspect(ticket: Ticket, *, actor: Actor, expected: int | None = None) -> Ticket:
    """Puts the ticket apart as suspected spam: outside lists, counts, clocks and automatic answers."""
    row = opened(ticket, actor=actor, needs=Permission.WORK, expected=expected)
    if row.suspected_at is None:
        row.suspected_at = now()
        touched(row, "suspected_at")
        journal.record(TicketSuspected(ticket_id=row.pk, by=actor.kind), actor=actor)
    return row


@transaction.atomic
def clear(ticket: Ticket, *, actor: Actor, expected: int | None = None) -> Ticket:
    """It is no spam: back where it belongs."""
    row = opened(ticket, actor=actor, needs=Permission.WORK, expected=expected)
    if row.suspected_at is not None:
        row.suspected_at = None
        touched(row, "suspected_at")
        journal.record(TicketCleared(ticket_id=row.pk), actor=actor)
    return row
