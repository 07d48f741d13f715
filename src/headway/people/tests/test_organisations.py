"""Organisations and their domains."""

import pytest
from pytest_django import DjangoAssertNumQueries

from headway.events.actor import Actor
from headway.events.models import Entry
from headway.foundation.errors import Conflict, Invalid, NotFound
from headway.people.actions import customers, identities, organisations
from headway.people.models import Agent, Customer
from headway.people.queries.organisations import organisations as all_organisations

SYSTEM = Actor.system()


def test_customers_of_a_domain_join(sam: Agent) -> None:
    acme = organisations.create("Acme Ltd", actor=sam.actor, domains=("Acme.Example",))
    wile, _made = identities.find_or_create("email", "wile@acme.example", actor=SYSTEM)
    other, _made = identities.find_or_create("email", "x@sub.acme.example", actor=SYSTEM)
    made_here = customers.create(actor=sam.actor, known_by=[("email", "road@acme.example")])
    assert [one.organisation for one in (wile, other, made_here)] == [acme, None, acme]


def test_those_we_know_join_when_the_domain_comes(sam: Agent, dana: Customer, chen: Customer) -> None:
    elsewhere = organisations.create("Elsewhere", actor=sam.actor)
    customers.edit(chen, actor=sam.actor, organisation=elsewhere)
    acme = organisations.create("Acme Ltd", actor=sam.actor, domains=("example.com", "example.net"))
    dana.refresh_from_db()
    chen.refresh_from_db()
    assert (dana.organisation, chen.organisation) == (acme, elsewhere)
    changed = Entry.objects.filter(kind="customer.changed").values_list("subject_id", flat=True)
    assert list(changed) == [chen.pk, dana.pk]


def test_a_public_provider_is_nobodys_domain(sam: Agent) -> None:
    acme = organisations.create("Acme Ltd", actor=sam.actor)
    with pytest.raises(Invalid, match="Anybody"):
        organisations.add_domain(acme, "@GMail.com", actor=sam.actor)
    with pytest.raises(Invalid, match="not a domain"):
        organisations.add_domain(acme, "localhost", actor=sam.actor)


def test_a_domain_belongs_to_one(sam: Agent) -> None:
    acme = organisations.create("Acme Ltd", actor=sam.actor, domains=("bücher.example",))
    organisations.add_domain(acme, "xn--bcher-kva.example", actor=sam.actor)
    other = organisations.create("Other", actor=sam.actor)
    with pytest.raises(Conflict, match="Acme Ltd"):
        organisations.add_domain(other, "BÜCHER.example", actor=sam.actor)
    organisations.remove_domain(acme, "bücher.example", actor=sam.actor)
    organisations.add_domain(other, "bücher.example", actor=sam.actor)
    with pytest.raises(NotFound):
        organisations.remove_domain(acme, "bücher.example", actor=sam.actor)


def test_an_organisation_changes(sam: Agent) -> None:
    acme = organisations.create("Acme Ltd", actor=sam.actor)
    organisations.edit(acme, actor=sam.actor, name="Acme Inc", notes="Renews in May", facts={"Value": 2400})
    organisations.edit(acme, actor=sam.actor, name="Acme Inc")
    assert Entry.objects.get(kind="organisation.changed").data == {"fields": ["facts", "name", "notes"]}


def test_organisations_are_found_and_counted(
    sam: Agent, dana: Customer, chen: Customer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    organisations.create("Acme Ltd", actor=sam.actor, domains=("example.com",))
    organisations.create("Zeta", actor=sam.actor)
    with django_assert_num_queries(2):  # organisations with counts; domains
        found = [(one.name, [d.domain for d in one.domains.all()]) for one in all_organisations()]
    assert found == [("Acme Ltd", ["example.com"]), ("Zeta", [])]
    assert [vars(one)["people"] for one in all_organisations()] == [1, 0]
    assert [one.name for one in all_organisations("example")] == ["Acme Ltd"]
