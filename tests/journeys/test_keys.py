"""A working day without a mouse: going places, answering on to the next ticket, taking back, finding a key."""

import re

import pytest
from playwright.sync_api import Page, expect

from headway.people.models import Agent, Brand, Customer
from headway.tickets.models import Ticket
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask
from tests.journeys.test_access import violations

pytestmark = pytest.mark.browser


def test_a_day_by_keys(enter: Enter, sam: Agent, mia: Agent, dana: Customer, acme: Brand) -> None:
    """g m, j, Enter, r, send: the next one; e: the next; undo: back; g u, a: taken; o: alone; ? finds a key."""
    ask(dana, "Third", "Please.", assignee=sam)
    second = ask(dana, "Second", "Please.", assignee=sam)
    ask(dana, "First", "Please.", assignee=sam)
    loose = ask(dana, "Nobody's", "Please.")
    page = enter(sam, after="next").open("/desk/views/open")
    heading = page.locator("#pane h1")
    page.keyboard.press("g")
    page.keyboard.press("m")
    expect(page.get_by_role("heading", name="Mine")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(heading).to_have_text("First")

    page.keyboard.press("r")
    page.keyboard.type("It is on its way.")
    _shows_the_keys_that_this_machine_has(page)
    page.keyboard.press("Control+Enter")
    expect(heading).to_have_text("Second")
    expect(heading).to_be_focused()
    expect(page.locator("#said")).to_have_text("Next: Second")
    expect(page.locator(".toast")).to_contain_text("Sent. Waiting on the customer.")

    page.keyboard.press("e")
    expect(heading).to_have_text("Third")
    expect(page.locator(".toast", has_text="Solved.")).to_be_visible()
    page.locator(".toast", has_text="Solved.").get_by_role("button", name="Undo").press("Enter")
    expect(heading).to_have_text("Second")
    expect(page.get_by_role("button", name="Status: New")).to_be_visible()
    assert Ticket.objects.get(pk=second.pk).category == "new"

    page.keyboard.press("o")
    expect(page.locator("#list")).to_be_hidden()
    assert violations(page) == []
    page.keyboard.press("o")
    expect(page.locator("#list")).to_be_visible()
    page.keyboard.press("i")
    expect(page.locator("#side")).to_be_hidden()

    page.keyboard.press("?")
    find = page.get_by_role("searchbox", name="Find a key")
    expect(find).to_be_focused()
    expect(page.locator("#keys-here h3")).to_have_text(
        ["In the list", "On the ticket", "While you write", "Go somewhere", "Everywhere"]
    )
    page.keyboard.type("unass")
    expect(page.locator("#keys-here .keys-group > div:visible")).to_have_count(1)
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("u")
    expect(page.get_by_role("heading", name="Unassigned")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(heading).to_have_text("Nobody's")
    # what was put away stays away, on every ticket and in every browser
    expect(page.locator("#side")).to_be_hidden()
    page.keyboard.press("a")
    expect(page.get_by_role("textbox", name="Find a person")).to_be_focused()
    page.keyboard.type("Me")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Assigned to: Sam")).to_be_visible()
    assert Ticket.objects.get(pk=loose.pk).assignee == sam

    page.keyboard.press("g")
    page.keyboard.press("c")
    expect(page).to_have_url(re.compile(r"/desk/customers$"))


def _shows_the_keys_that_this_machine_has(page: Page) -> None:
    send = page.get_by_role("button", name="Send and wait").locator("kbd:visible")
    root = page.locator("html")
    assert root.get_attribute("data-apple") is None
    expect(send).to_have_text("Ctrl ↵")
    root.evaluate("(root) => root.setAttribute('data-apple', '')")
    expect(send).to_have_text("⌘↵")
    root.evaluate("(root) => root.removeAttribute('data-apple')")
