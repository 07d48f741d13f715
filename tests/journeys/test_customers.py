"""Customers: from a ticket to its customer, two records that become one and part again."""

import pytest
from playwright.sync_api import expect

from headway.events.models import Entry
from headway.events.tasks import follow
from headway.people.actions import customers
from headway.people.models import Agent, Brand, Customer
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask
from tests.journeys.test_access import violations

pytestmark = pytest.mark.browser


def _follow(kind: str) -> None:
    """What the worker does after the latest event of this kind."""
    follow(Entry.objects.filter(kind=kind).latest("id").pk)


def test_a_merge_and_its_undo(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """From the ticket to its customer, who stands twice; merged, looked at, parted again."""
    twin = customers.create(actor=sam.actor, name="Dana Ortiz", known_by=[("email", "dana.o@example.com")])
    ask(dana, "Card declined", "Twice today.")
    call = ask(twin, "Where is my parcel", "It should be here.")
    page = enter(sam).open(f"/desk/tickets/{call.pk}")
    page.get_by_role("link", name="Dana Ortiz", exact=True).click()
    expect(page.get_by_text("It should be here.")).to_be_visible()
    page.get_by_role("link", name="dana@example.com").click()
    expect(page.get_by_text("Is merged into it")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="The other way round").click()
    page.get_by_role("button", name="Merge the two").click()
    expect(page.get_by_text("Merged. The tickets follow")).to_be_visible()
    _follow("customer.merged")
    page.reload()
    expect(page.get_by_text("It should be here.")).to_be_visible()
    expect(page.get_by_text("Twice today.")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Take the merge of Dana Ortiz back").click()
    page.get_by_role("button", name="Take it back", exact=True).click()
    expect(page.get_by_text("is a customer of their own again")).to_be_visible()
    _follow("customer.parted")
    page.reload()
    expect(page.get_by_text("It should be here.")).to_be_visible()
    expect(page.get_by_text("Twice today.")).to_be_hidden()
