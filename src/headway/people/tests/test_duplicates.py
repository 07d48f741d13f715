"""Which records may be one person."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.people.actions import customers, organisations
from headway.people.models import Agent, Customer
from headway.people.queries import duplicates
from headway.people.queries.customers import customer_by_id
from headway.people.rules.duplicates import Reason, plain, recognised_by


def _make(sam: Agent, name: str, *addresses: str, **more: object) -> Customer:
    known_by = [("email", each) for each in addresses]
    return customers.create(actor=sam.actor, known_by=known_by, name=name, **more)  # type: ignore[arg-type]


def test_each_reason_the_likeliest_first(sam: Agent) -> None:
    firm = organisations.create("Ortiz & Sons", actor=sam.actor)
    dana = _make(
        sam, "Dana Ortiz", "dana@ortiz.example", "dana.ortiz@gmail.com", organisation=firm,
        facts={"phone": "+49 30 1234567", "seats": 3},
    )  # fmt: skip
    expected = [
        (customers.create(actor=sam.actor, name="Somebody", known_by=[("phone", "+49301234567")]), Reason.KNOWN),
        (_make(sam, "D.", "dana.ortiz+shop@gmail.com"), Reason.ADDRESS),
        (_make(sam, "dana  ortiz", "d.ortiz@ortiz.example", organisation=None), Reason.DOMAIN),
        (_make(sam, "Dana Ortiz", "dana@other.example", organisation=firm), Reason.ORGANISATION),
        (_make(sam, "Dana Ortiz", "dana@third.example"), Reason.NAME),
    ]
    _make(sam, "Dan Orti", "dan@ortiz.example")
    _make(sam, "Chen Wei", "chen@ortiz.example", organisation=firm)
    found = duplicates.suggestions(customer_by_id(dana.pk), limit=9)
    assert [(each.customer, each.reason) for each in found] == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [("dana+shop@example.com", "dana@example.com"), ("dana@example.com", "dana@example.com"), ("+@a.b", "@a.b")],
)
def test_an_address_without_its_tag(address: str, expected: str) -> None:
    assert plain(address) == expected


def test_facts_that_recognise_somebody() -> None:
    facts = {"phone": "0049 30 1234567", "id": "shop:4711", "plan": "Pro", "seats": 5, "mail": "A@b.example"}
    assert recognised_by(facts) == ["+49301234567", "shop:4711", "a@b.example"]


def test_one_first_name_is_not_enough(sam: Agent) -> None:
    dana = _make(sam, "Dana", "dana@one.example")
    _make(sam, "Dana", "dana@two.example")
    assert duplicates.suggestions(customer_by_id(dana.pk)) == []


def test_pairs_of_a_company_and_not_of_a_mail_provider(sam: Agent) -> None:
    one = _make(sam, "Eva Stone", "eva@stone.example")
    other = _make(sam, "EVA STONE", "e.stone@stone.example")
    _make(sam, "Al Beck", "al@gmail.com")
    _make(sam, "Al Beck", "beck@gmail.com")
    with CaptureQueriesContext(connection) as asked:
        found = duplicates.pairs()
    assert [(each.first, each.second) for each in found] == [(one, other)]
    assert len(asked) == len(["names that stand twice", "the customers", "their identities"])
