"""Moving a ticket from status to status."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.tickets import StatusChanged, TicketClosed, TicketReopened, TicketSolved
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Invalid
from headway.people.rules import Permission
from headway.tickets.actions.opening import opened, touched
from headway.tickets.models import Status, Ticket
from headway.tickets.queries.setup import definitions_of
from headway.tickets.rules.fields import missing
from headway.tickets.rules.transitions import UNSOLVED, Category, may_move


@transaction.atomic
def set_status(
    ticket: Ticket,
    status: Status,
    *,
    actor: Actor,
    expected: int | None = None,
    at: datetime | None = None,
    silent: bool = False,
) -> Ticket:
    """Moves the ticket. The same status again changes nothing.

    Raises Conflict for a move that makes no sense (out of closed, back to new), Invalid when a person solves a ticket
    whose required fields are empty.
    """
    row = opened(ticket, actor=actor, needs=Permission.WORK, expected=expected)
    if status.pk == row.status_id:
        return row
    if status.archived_at is not None:
        raise Invalid(_("The status %(name)s is not used any more.") % {"name": status.name}, field="status")
    move(row, status, actor=actor, at=at or now(), silent=silent)
    return row


def move(ticket: Ticket, status: Status, *, actor: Actor, at: datetime, silent: bool = False, reason: str = "") -> None:
    """Moves a locked ticket and records what that means: solved, reopened, closed."""
    before, after = Category(ticket.category), Category(status.category)
    if not may_move(before, after):
        raise Conflict(
            _("A ticket cannot go from %(before)s to %(after)s.")
            % {"before": ticket.get_category_display(), "after": status.get_category_display()}
        )
    if after == Category.SOLVED and actor.kind == "agent":
        empty = missing(definitions_of(ticket.type_id), ticket.fields)
        if empty:
            raise Invalid(
                _("Fill in what this type of ticket needs before you solve it: %(fields)s.")
                % {"fields": ", ".join(empty)},
                fields=empty,
            )
    changed = StatusChanged(
        ticket_id=ticket.pk,
        from_status=ticket.status_id,
        from_category=before,
        to_status=status.pk,
        to_category=after,
        reason=reason,
    )
    ticket.status, ticket.category = status, after
    if after == Category.SOLVED and before in UNSOLVED:
        ticket.solved_at, ticket.waiting_since, ticket.snoozed_until = at, None, None
    elif after in UNSOLVED and before == Category.SOLVED:
        ticket.solved_at = None
    if after == Category.CLOSED:
        ticket.closed_at, ticket.waiting_since, ticket.snoozed_until = at, None, None
    if after not in (Category.NEW, Category.OPEN):
        ticket.returned = ""
    touched(
        ticket,
        "returned",
        "status",
        "category",
        "solved_at",
        "closed_at",
        "waiting_since",
        "snoozed_until",
        at=max(at, ticket.updated_at),
    )
    journal.record(changed, actor=actor, at=at, silent=silent)
    if after == Category.SOLVED and before in UNSOLVED:
        solved = TicketSolved(ticket_id=ticket.pk, status_id=status.pk, reason=reason)
        journal.record(solved, actor=actor, at=at, silent=silent)
    if after in UNSOLVED and before == Category.SOLVED:
        reopened = TicketReopened(ticket_id=ticket.pk, from_category=before, by=reason or actor.kind)
        journal.record(reopened, actor=actor, at=at, silent=silent)
    if after == Category.CLOSED:
        journal.record(TicketClosed(ticket_id=ticket.pk, reason=reason), actor=actor, at=at, silent=silent)
