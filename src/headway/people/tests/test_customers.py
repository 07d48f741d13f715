"""Customers: known by identities, found once however many arrive at once."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from headway.events.actor import Actor
from headway.events.models import Entry
from headway.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from headway.people.actions import customers, identities, organisations
from headway.people.models import Agent, Customer, Identity
from headway.people.queries import customers as found

SYSTEM = Actor.system()


def test_a_stranger_becomes_a_customer_once(db: None) -> None:
    first, made = identities.find_or_create("email", "New@Example.com", actor=SYSTEM, name="New  One", channel="email")
    again, made_again = identities.find_or_create("email", "new@example.COM", actor=SYSTEM, name="Other name")
    assert (made, made_again, first) == (True, False, again)
    assert (first.name, found.known_by("email", " NEW@example.com ")) == ("New One", first)
    assert list(Entry.objects.order_by("id").values_list("kind", flat=True)) == [
        "customer.created",
        "customer.identity_added",
    ]
    assert "new@example.com" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_two_mails_at_once_make_one_customer(committed_db: str) -> None:
    """Whoever comes second waits for the first to commit, then finds what it made."""
    start, seen = threading.Barrier(6), []

    def arrive() -> None:
        start.wait()
        with transaction.atomic():
            customer, _made = identities.find_or_create("email", "rush@example.com", actor=SYSTEM)
        seen.append(customer.pk)
        connection.close()

    threads = [threading.Thread(target=arrive) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 6
    assert len(set(seen)) == 1
    assert Customer.objects.count() == Identity.objects.count() == 1
    assert Entry.objects.filter(kind="customer.created").count() == 1


def test_history_is_imported_at_its_own_time_and_in_silence(db: None) -> None:
    at = datetime(2019, 5, 1, 12, tzinfo=UTC)
    customer, _made = identities.find_or_create("email", "old@example.com", actor=SYSTEM, at=at, silent=True)
    identities.add(customer, "phone", "+49 30 1234567", actor=SYSTEM, at=at, silent=True)
    assert customer.created_at == at
    assert {entry.at for entry in Entry.objects.all()} == {at}


def test_an_identity_belongs_to_one_customer(sam: Agent, dana: Customer, chen: Customer) -> None:
    identities.add(dana, "phone", "+1 415 555 0100", actor=sam.actor)
    with pytest.raises(Conflict) as refusal:
        identities.add(chen, "phone", "001 (415) 555-0100", actor=sam.actor)
    assert refusal.value.details["customer"] == dana.pk
    again = identities.add(dana, "phone", "+14155550100", actor=sam.actor)
    assert again.customer == dana
    assert Entry.objects.filter(kind="customer.identity_added").count() == 1


def test_an_identity_is_verified_and_removed(sam: Agent, dana: Customer) -> None:
    identity = identities.add(dana, "external", "shop:4711", actor=sam.actor)
    assert identities.verify(identity, actor=sam.actor).verified_at is not None
    identities.verify(identity, actor=sam.actor)
    assert Entry.objects.filter(kind="customer.identity_verified").count() == 1
    identities.remove(identity, actor=sam.actor)
    assert found.known_by("external", "shop:4711") is None
    with pytest.raises(NotFound):
        identities.remove(Identity(pk=999_999), actor=sam.actor)


@pytest.mark.parametrize(("kind", "value"), [("email", "dana"), ("phone", "12"), ("external", "x"), ("pigeon", "x")])
def test_a_value_that_is_no_identity_is_refused(sam: Agent, dana: Customer, kind: str, value: str) -> None:
    with pytest.raises(Invalid):
        identities.add(dana, kind, value, actor=sam.actor)


def test_an_agent_creates_and_edits_a_customer(sam: Agent) -> None:
    customer = customers.create(
        actor=sam.actor,
        known_by=[("email", "li@example.org"), ("phone", "+8613912345678")],
        name="Li Wei",
        facts={"Plan": "Pro"},
        timezone="Asia/Shanghai",
    )
    assert customer.identities.count() == 2
    edited = customers.edit(customer, actor=sam.actor, expected=1, name="Li Wei", language="zh", facts={"Plan": "Max"})
    assert edited.version == 2
    assert Entry.objects.get(kind="customer.changed").data == {"fields": ["facts", "language"]}
    with pytest.raises(Conflict, match="has changed since"):
        customers.edit(customer, actor=sam.actor, expected=1, name="Somebody")


def test_an_address_that_is_taken_makes_no_customer(committed_db: str, sam: Agent, dana: Customer) -> None:
    with pytest.raises(Conflict):
        customers.create(actor=sam.actor, name="Copy", known_by=[("email", "dana@example.com")])
    assert not Customer.objects.filter(name="Copy").exists()


def test_wrong_details_are_refused(sam: Agent, dana: Customer) -> None:
    for wrong in ({"facts": {"a": [1]}}, {"timezone": "Mars/Base"}, {"name": "x" * 201}):
        with pytest.raises(Invalid):
            customers.edit(dana, actor=sam.actor, **wrong)


def test_readers_change_nothing(lim: Agent, vic: Agent, dana: Customer) -> None:
    identity = dana.identities.get()
    for agent in (lim, vic):
        for change in (
            lambda: customers.create(actor=agent.actor, name="X"),  # noqa: B023
            lambda: customers.edit(dana, actor=agent.actor, name="X"),  # noqa: B023
            lambda: identities.add(dana, "email", "x@example.com", actor=agent.actor),  # noqa: B023
            lambda: identities.verify(identity, actor=agent.actor),  # noqa: B023
            lambda: identities.remove(identity, actor=agent.actor),  # noqa: B023
            lambda: identities.find_or_create("email", "x@example.com", actor=agent.actor),  # noqa: B023
            lambda: organisations.create("X", actor=agent.actor),  # noqa: B023
        ):
            with pytest.raises(Forbidden):
                change()


def test_customers_are_found_by_any_part(sam: Agent, dana: Customer, chen: Customer) -> None:
    identities.add(chen, "phone", "+86 139 1234 5678", actor=sam.actor)
    assert list(found.search("ortiz").rows) == [dana]
    assert list(found.search("example.com dana").rows) == [dana]
    assert list(found.search("0086-13912345678").rows) == [chen]
    assert list(found.search("EXAMPLE").rows) == [chen, dana]
    assert list(found.search("ortiz wei").rows) == []


def test_customers_are_paged_in_two_queries(
    dana: Customer, chen: Customer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):  # customers with organisation; identities
        page = found.search(limit=1)
        assert [[identity.value for identity in one.identities.all()] for one in page.rows] == [["chen@example.net"]]
    last = found.search(limit=1, cursor=page.next)
    assert (list(last.rows), last.next) == ([dana], None)
    with pytest.raises(Invalid):
        found.search(cursor="nonsense")
