"""Placing and lifting what law or contract keeps."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.privacy import HoldLifted, HoldPlaced
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Invalid
from headway.people.models import Customer
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.privacy.models import Hold
from headway.privacy.queries.holds import today
from headway.tickets.models import Ticket

MOST = 500


@transaction.atomic
def place(
    *, reason: str, actor: Actor, customer: Customer | None = None, ticket: Ticket | None = None,
    until: date | None = None,
) -> Hold:  # fmt: skip
    """Keeps a customer with everything of theirs, or one ticket, up to and with a day. Raises Invalid."""
    require(actor, Permission.PRIVACY)
    words = " ".join(reason.replace("\x00", "").split())
    if not words or len(words) > MOST:
        raise Invalid(_("Say which law or contract asks for it, in at most 500 letters."), field="reason")
    if until is not None and until < today():
        raise Invalid(_("This day has passed."), field="until")
    if (customer is None) == (ticket is None):
        raise Invalid(_("A hold keeps one customer, or one ticket."), field="ticket_id")
    if customer is not None and customer.erased_at is not None:
        raise Conflict(_("This customer was erased already."))
    hold = Hold.objects.create(
        customer=customer, ticket=ticket, reason=words, until=until, placed_at=now(),
        placed_by_id=actor.id if actor.kind == "agent" else None,
    )  # fmt: skip
    event = HoldPlaced(subject_id=hold.pk, customer_id=hold.customer_id, held_ticket_id=hold.ticket_id)
    journal.record(event, actor=actor)
    return hold


@transaction.atomic
def lift(hold: Hold, *, actor: Actor) -> Hold:
    """Ends a hold before its time. Raises Conflict when it has ended."""
    require(actor, Permission.PRIVACY)
    if not Hold.objects.filter(pk=hold.pk, lifted_at__isnull=True).update(lifted_at=now()):
        raise Conflict(_("This hold was lifted already."))
    journal.record(HoldLifted(subject_id=hold.pk), actor=actor)
    hold.refresh_from_db()
    return hold
