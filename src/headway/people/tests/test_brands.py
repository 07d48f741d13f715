"""Brands and their addresses."""

import pytest
from pytest_django import DjangoAssertNumQueries

from headway.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from headway.people.actions import brands
from headway.people.models import Agent, Brand
from headway.people.queries import brands as found


def test_the_first_brand_is_the_default(ada: Agent) -> None:
    first = brands.create(actor=ada.actor, name="Nordwind Bikes", accent="#224466")
    second = brands.create(actor=ada.actor, name="Südwind", slug="suedwind")
    assert (first.slug, first.is_default, second.slug, second.is_default) == ("nordwind-bikes", True, "suedwind", False)
    brands.make_default(second, actor=ada.actor)
    assert found.default_brand() == second
    with pytest.raises(Conflict, match="default brand"):
        brands.archive(second, actor=ada.actor)
    brands.archive(first, actor=ada.actor)
    assert [one.name for one in found.brands()] == ["Südwind"]
    with pytest.raises(NotFound):
        brands.edit(first, actor=ada.actor, name="X")


def test_addresses_lead_to_their_brand(ada: Agent, acme: Brand) -> None:
    other = brands.create(actor=ada.actor, name="Other")
    brands.add_address(acme, "Help@Acme.example", actor=ada.actor, name="Acme Support")
    brands.add_address(acme, "sales@acme.example", actor=ada.actor, primary=True)
    brands.add_address(other, "help@other.example", actor=ada.actor)
    assert found.brand_for(["x@example.com", "HELP@acme.example"]) == acme
    assert found.brand_for(["help@other.example", "help@acme.example"]) == other
    assert found.brand_for(["not an address"]) is None
    assert found.own_addresses() == {"help@acme.example", "sales@acme.example", "help@other.example"}
    with pytest.raises(Conflict, match="already"):
        brands.add_address(other, "HELP@acme.example", actor=ada.actor)


def test_replies_leave_from_the_primary_address(ada: Agent, acme: Brand) -> None:
    first = brands.add_address(acme, "help@acme.example", actor=ada.actor)
    second = brands.add_address(acme, "sales@acme.example", actor=ada.actor)
    assert found.sender_of(acme) == first
    brands.remove_address(first, actor=ada.actor)
    assert found.sender_of(acme) == second
    brands.remove_address(second, actor=ada.actor)
    assert found.sender_of(acme) is None
    with pytest.raises(NotFound):
        brands.remove_address(second, actor=ada.actor)


def test_what_is_wrong_is_named(ada: Agent, acme: Brand) -> None:
    with pytest.raises(Conflict):
        brands.create(actor=ada.actor, name="Acme")
    with pytest.raises(Invalid, match="#rrggbb"):
        brands.edit(acme, actor=ada.actor, accent="red")
    with pytest.raises(Invalid):
        brands.create(actor=ada.actor, name="陳")
    with pytest.raises(Invalid):
        brands.create(actor=ada.actor)


def test_only_administrators_change_brands(leo: Agent, acme: Brand) -> None:
    for change in (
        lambda: brands.create(actor=leo.actor, name="X"),
        lambda: brands.edit(acme, actor=leo.actor, name="X"),
        lambda: brands.make_default(acme, actor=leo.actor),
        lambda: brands.add_address(acme, "x@acme.example", actor=leo.actor),
        lambda: brands.archive(acme, actor=leo.actor),
    ):
        with pytest.raises(Forbidden):
            change()


def test_brands_are_read_in_two_queries(
    ada: Agent, acme: Brand, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    brands.add_address(acme, "help@acme.example", actor=ada.actor)
    with django_assert_num_queries(2):  # brands; their addresses
        assert [[one.address for one in brand.addresses.all()] for brand in found.brands()] == [["help@acme.example"]]
