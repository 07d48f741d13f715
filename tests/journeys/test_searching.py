"""Searching by keys alone: filters completed while typing, what was found marked; nobody shut out."""

import pytest
from playwright.sync_api import expect

from headway.people.models import Agent, Brand, Customer
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask
from tests.journeys.test_access import violations

pytestmark = pytest.mark.browser


def test_filters_are_completed_and_matches_marked(
    enter: Enter, sam: Agent, mia: Agent, dana: Customer, acme: Brand
) -> None:
    """/, a few letters, arrows, Enter: a filter, then words, then the ticket."""
    ask(dana, "Card refused", "Both of my cards were refused at the checkout.", assignee=mia)
    ask(dana, "Refused again", "It was refused once more.", assignee=sam)
    page = enter(sam).open("/desk/views/open")
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Search all tickets")
    expect(field).to_be_focused()
    page.keyboard.type("as")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("assignee:")
    page.keyboard.type("m")
    expect(page.get_by_role("option", name="Mia")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    page.keyboard.press("Tab")
    expect(field).to_have_value("assignee:Mia ")
    page.keyboard.type("refused")
    expect(page.locator("#rows > li[id]")).to_have_count(1)
    expect(page.locator(".row-hit mark")).to_have_text("refused")
    expect(page.get_by_role("listbox")).to_have_count(0)
    assert violations(page) == []

    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Card refused")).to_be_visible()


def test_what_is_no_filter_is_said(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """Also on a phone."""
    ask(dana, "Card refused", "Both of my cards were refused.")
    page = enter(sam, width=390, height=844).open("/desk/views/open?q=refused+colour:red")
    expect(page.get_by_text("colour: is not a filter and was searched as words.")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("combobox").fill("refused is:")
    expect(page.get_by_role("option")).to_have_count(8)
    page.get_by_role("option", name="unread").click()
    expect(page.locator("#rows > li[id]")).to_have_count(1)
