"""The command palette: everything by Ctrl-K, keys alone, on every width, shutting nobody out."""

import re

import pytest
from playwright.sync_api import expect

from headway.people.models import Agent, Brand, Customer
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask
from tests.journeys.test_access import violations

pytestmark = pytest.mark.browser


def test_actions_places_tickets_customers(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """From a ticket: solve it, go elsewhere, find another one."""
    first = ask(dana, "Card refused", "Twice.", assignee=sam)
    other = ask(dana, "Where is my order?", "Still not here.", assignee=sam)
    page = enter(sam).open(f"/desk/tickets/{first.pk}?in=mine")
    field = page.get_by_role("combobox", name="Find an action, a page, a ticket or a customer")
    page.keyboard.press("r")
    page.keyboard.type("Half a sentence")
    page.keyboard.press("Control+k")
    expect(field).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("textbox", name="Write to the customer…")).to_be_focused()

    page.keyboard.press("Control+k")
    page.keyboard.type("prur")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Priority: Urgent")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Priority: Urgent")).to_be_visible()

    page.keyboard.press("Control+k")
    page.keyboard.type("order")
    expect(page.get_by_role("option", name="Where is my order?")).to_be_visible()
    while "Where is my order?" not in page.get_by_role("option", selected=True).inner_text():
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/desk/tickets/{other.pk}\b"))
    expect(page.get_by_role("heading", name="Where is my order?")).to_be_visible()

    page.keyboard.press("Control+k")
    page.keyboard.type("snoozed")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nothing is snoozed")).to_be_visible()


@pytest.mark.parametrize(("width", "look"), [(1440, "light"), (390, "dark")])
def test_the_palette_shuts_nobody_out(
    width: int, look: str, enter: Enter, sam: Agent, dana: Customer, acme: Brand
) -> None:
    """With what it finds, and with nothing; it stays as tall."""
    ask(dana, "Card refused", "Twice.", assignee=sam)
    page = enter(sam, width=width, height=844, color_scheme=look).open("/desk/views/mine")
    page.keyboard.press("Control+k")
    box = page.locator("#palette").bounding_box()
    page.keyboard.type("refused")
    expect(page.get_by_role("option", name="Card refused")).to_be_visible()
    assert violations(page) == []
    assert page.locator("#palette").bounding_box() == box
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
