"""Tickets go where their customer goes: when two records of one customer become one, and when they part again."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.models import Entry
from headway.events.vocabulary.tickets import RequesterChanged
from headway.foundation.clock import now
from headway.foundation.errors import NotFound
from headway.people.models import Customer
from headway.tickets.models import Ticket


@transaction.atomic
def move_all(from_customer: int, to_customer: int, *, actor: Actor) -> int:
    """Gives every ticket of one customer to another, merged and closed ones too; returns how many."""
    numbers = Ticket.objects.filter(customer_id=from_customer).order_by("pk").select_for_update()
    return _move(list(numbers.values_list("pk", flat=True)), from_customer, to_customer, actor)


@transaction.atomic
def move_back(merge_id: int, from_customer: int, to_customer: int, *, actor: Actor) -> int:
    """Gives back the tickets that the merge (its journal entry) moved and that nobody has moved since."""
    present = Ticket.objects.filter(customer_id=from_customer).order_by("pk").select_for_update()
    numbers = list(present.values_list("pk", flat=True))
    moved = Entry.objects.filter(ticket_id__in=numbers, kind=RequesterChanged.kind, cause_id=merge_id)
    theirs = set(moved.values_list("ticket_id", flat=True))
    return _move([pk for pk in numbers if pk in theirs], from_customer, to_customer, actor)


def _move(numbers: list[int], from_customer: int, to_customer: int, actor: Actor) -> int:
    customer = Customer.objects.filter(pk=to_customer).first()
    if customer is None:
        raise NotFound(_("This customer does not exist any more."))
    Ticket.objects.filter(pk__in=numbers).update(
        customer=customer, organisation_id=customer.organisation_id, version=F("version") + 1, updated_at=now()
    )
    events = [RequesterChanged(ticket_id=pk, from_customer=from_customer, to_customer=to_customer) for pk in numbers]
    journal.record_many([journal.Draft(event=event, actor=actor) for event in events])
    return len(numbers)
