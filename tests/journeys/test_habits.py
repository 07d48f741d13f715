"""Keys as a person wants them, and the next ticket by itself."""

import pytest
from playwright.sync_api import expect

from headway.people.models import Agent, Brand, Customer
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask
from tests.journeys.test_access import violations

pytestmark = pytest.mark.browser


def test_other_keys_and_the_next_ticket(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """Solve on y instead of e; then the next one opens, and after the last the list."""
    ask(dana, "Last", "Please.", assignee=sam)
    ask(dana, "Second", "Please.", assignee=sam)
    ask(dana, "First", "Please.", assignee=sam)
    page = enter(sam).open("/desk/habits")
    assert violations(page) == []
    page.get_by_label("Solve or reopen").fill("y")
    page.get_by_label("After sending, solving, snoozing or marking spam").select_option("next")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()

    page.goto(page.url.replace("habits", "views/mine"))
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="First")).to_be_visible()
    page.keyboard.press("e")
    page.keyboard.press("?")
    help_dialog = page.get_by_role("dialog", name="Keys on this screen")
    expect(help_dialog.locator("dt", has_text="y")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("y")
    expect(page.get_by_role("heading", name="Second")).to_be_visible()
    page.keyboard.press("r")
    page.keyboard.type("Done.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Last")).to_be_visible()


def test_keys_that_are_off_do_nothing(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """What is pressed by chance changes nothing; the palette still reaches everything."""
    sam.habits = {"after": "stay", "keys_off": True, "keys": {}}
    sam.save()
    ticket = ask(dana, "Card refused", "Please.", assignee=sam)
    page = enter(sam).open(f"/desk/tickets/{ticket.pk}?in=mine")
    for key in ("e", "x", "j", "?", "/", "c"):
        page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Status: New")).to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type("solve")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Status: Solved")).to_be_visible()
