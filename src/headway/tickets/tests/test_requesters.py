"""Tickets go where their customer goes."""

from collections.abc import Callable

from headway.events.models import Entry
from headway.people.actions import merging, organisations
from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.models import Ticket
from headway.tickets.tests.desk import asks


def of(customer: Customer) -> list[int]:
    return list(Ticket.objects.filter(customer=customer).order_by("pk").values_list("pk", flat=True))


def test_a_merge_takes_the_tickets_along_and_parting_brings_them_back(
    committed_db: str, sam: Agent, dana: Customer, chen: Customer, run_jobs: Callable[[], None]
) -> None:
    organisations.create("Acme Ltd", actor=sam.actor, domains=("example.com",))
    own, first, second = asks(dana).pk, asks(chen), asks(chen).pk
    merging.merge(chen, dana, actor=sam.actor)
    run_jobs()
    assert of(dana) == [own, first.pk, second]
    first.refresh_from_db()
    dana.refresh_from_db()
    assert (first.organisation_id, first.version) == (dana.organisation_id, 2)
    merged = Entry.objects.get(kind="customer.merged")
    assert set(Entry.objects.filter(kind="ticket.requester_changed").values_list("cause_id", flat=True)) == {merged.pk}

    later = asks(dana).pk
    merging.part(Customer.objects.get(pk=chen.pk), actor=sam.actor)
    run_jobs()
    assert of(chen) == [first.pk, second]
    assert of(dana) == [own, later]


def test_a_ticket_that_was_moved_meanwhile_stays(
    committed_db: str, sam: Agent, dana: Customer, chen: Customer, run_jobs: Callable[[], None]
) -> None:
    ticket, other = asks(chen), Customer.objects.create(name="Other", created_at=dana.created_at)
    merging.merge(chen, dana, actor=sam.actor)
    run_jobs()
    actions.set_requester(ticket, other, actor=sam.actor)
    merging.part(Customer.objects.get(pk=chen.pk), actor=sam.actor)
    run_jobs()
    assert of(other) == [ticket.pk]
    assert of(chen) == []
