"""Identities in one form, domains that say nothing, facts, and the matrix of roles."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.people.rules import MATRIX, RANK, Permission, Role, identities, may
from headway.people.rules.domains import is_free_mail
from headway.people.rules.facts import fit


@pytest.mark.parametrize(
    ("kind", "text", "form"),
    [
        ("email", "Dana@Example.COM", "dana@example.com"),
        ("email", "  dana+shop@example.com ", "dana+shop@example.com"),
        ("email", "müller@Bücher.example", "müller@xn--bcher-kva.example"),
        ("email", '"a b"@example.com', '"a b"@example.com'),
        ("email", "dana@example.com.", "dana@example.com"),
        ("email", "dana@localhost", "dana@localhost"),
        ("email", "dana", None),
        ("email", "@example.com", None),
        ("email", "a b@example.com", None),
        ("email", "dana@exa mple.com", None),
        ("email", "dana@-example.com", None),
        ("email", "dana@example..com", None),
        ("email", f"{'x' * 65}@example.com", None),
        ("email", "dana\x00@example.com", None),
        ("email", "", None),
        ("phone", "+49 (0)30 123-45 67", "+49301234567"),
        ("phone", "0049 30 1234567", "+49301234567"),
        ("phone", "+1 (415) 555.0100", "+14155550100"),
        ("phone", "030 1234567", None),
        ("phone", "+0 123 4567", None),
        ("phone", "+49 call me", None),
        ("external", "Shop:4711", "shop:4711"),
        ("external", "crm : AbC ", "crm:AbC"),
        ("external", "shop:", None),
        ("external", "no colon", None),
        ("external", "sh op:1", None),
        ("pigeon", "x", None),
    ],
)
def test_an_identity_has_one_form(kind: str, text: str, form: str | None) -> None:
    assert identities.comparable(kind, text) == form


@given(st.sampled_from(["email", "phone", "external"]), st.text(max_size=60))
def test_a_comparable_form_is_its_own_form(kind: str, text: str) -> None:
    form = identities.comparable(kind, text)
    assert form is None or identities.comparable(kind, form) == form


@given(st.emails())
def test_every_address_has_a_form_that_ignores_case(address: str) -> None:
    assert identities.email(address) == identities.email(address.upper().lower())


def test_a_public_provider_says_nothing() -> None:
    assert is_free_mail("gmail.com")
    assert not is_free_mail("example.com")


def test_facts_are_plain() -> None:
    assert fit({"Plan": "Pro", "Seats": 12, "Trial": False, "Value": 2.5, "Left": None})
    for wrong in ({"": 1}, {"a": [1]}, {"a": "x" * 1001}, {"a": "\x00"}, {"a": float("inf")}, {"x" * 61: 1}):
        assert not fit(wrong)
    assert not fit({str(number): 1 for number in range(61)})


def test_each_role_may_what_the_one_below_may() -> None:
    for lower, higher in pairwise(RANK):
        assert MATRIX[lower] < MATRIX[higher]
    assert MATRIX[Role.ADMINISTRATOR] == set(Permission)


@pytest.mark.parametrize("role", [None, "", "owner"])
def test_an_unknown_role_may_nothing(role: str | None) -> None:
    assert not any(may(role, permission) for permission in Permission)
