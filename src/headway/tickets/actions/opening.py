"""What every action begins with and ends with: the ticket locked and unchanged since the actor looked, then touched."""

from datetime import datetime

from django.utils.translation import gettext as _

from headway.events.actor import Actor
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, NotFound
from headway.foundation.rows import One, gather
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.tickets.actions.stays import must_live_here
from headway.tickets.models import Status, Ticket
from headway.tickets.models.stays import ELSEWHERE
from headway.tickets.rules.transitions import Category


def opened(ticket: Ticket, *, actor: Actor, needs: Permission, expected: int | None = None) -> Ticket:
    """The ticket's row, locked for this transaction.

    `expected` is the version the actor saw. Raises Forbidden, NotFound, and Conflict when the ticket has changed since,
    lives on in another, or is answered in the system it came from.
    """
    require(actor, needs)
    row = Ticket.objects.select_for_update().annotate(elsewhere=ELSEWHERE).filter(pk=ticket.pk).first()
    if row is None:
        raise NotFound(_("This ticket does not exist any more."))
    must_live_here(row)
    if row.merged_into_id is not None:
        raise Conflict(_("This ticket was merged into #%(id)s.") % {"id": row.merged_into_id}, into=row.merged_into_id)
    if expected is not None:
        _require(row, expected)
    return row


def unchanged(ticket: Ticket, expected: int) -> None:
    """Locks the ticket for the caller's transaction. Raises Conflict when it has changed since the actor looked.

    For a step made of several actions, and for actions that ask for no version themselves.
    """
    row = Ticket.objects.select_for_update().filter(pk=ticket.pk).first()
    if row is None:
        raise NotFound(_("This ticket does not exist any more."))
    _require(row, expected)


def _require(row: Ticket, expected: int) -> None:
    if row.version != expected:
        raise Conflict(
            _(
                "This ticket has changed since you opened it. "
                "Nothing of yours is lost: look at what is new, then try again."
            ),
            version=row.version,
        )


def touched(ticket: Ticket, *fields: str, at: datetime | None = None) -> None:
    """Saves the named fields with the next version."""
    ticket.version += 1
    ticket.updated_at = at or now()
    ticket.save(update_fields=[*fields, "version", "updated_at"])


def default_status(category: Category) -> Status:
    """The status meant when only its category is given."""
    return there(gather(default_of(category))[0], category)


def default_of(category: Category) -> One:
    """The same, to be gathered with other things; it must then be `there`."""
    return One(Status, "category = %s AND is_default", [category.value])


def there(found: Status | None, category: Category) -> Status:
    """What was gathered. Raises Conflict when nothing was."""
    if found is None:
        raise Conflict(_("There is no status of the category %(name)s.") % {"name": category.value})
    return found


def must_be_open(ticket: Ticket) -> None:
    """Raises Conflict when the ticket is closed for good."""
    if ticket.category == Category.CLOSED:
        raise Conflict(_("This ticket is closed. A new message from the customer starts a linked one."))
