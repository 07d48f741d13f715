"""What is unread stands out, and a ticket opens where its reader left off."""

import pytest
from playwright.sync_api import expect

from headway.people.models import Agent, Brand, Customer
from headway.tickets import actions
from tests.journeys.conftest import Enter
from tests.journeys.matters import add, ask
from tests.journeys.test_access import violations

pytestmark = pytest.mark.browser


def test_a_ticket_is_read_gets_news_and_is_marked_unread(
    live: None, enter: Enter, sam: Agent, mia: Agent, dana: Customer, acme: Brand
) -> None:
    """Read by looking, unread by what others say, unread again by a key."""
    matter, other = ask(dana, "Card refused", "Twice."), ask(dana, "Where is my order?", "Still not here.")
    for number in range(12):
        add(matter, f"Attempt {number} failed as well.\n" * 8)
    page = enter(sam).open(f"/desk/tickets/{matter.pk}?in=open")
    expect(page.locator("html")).to_have_attribute("data-live", "on")
    row, unread = page.locator(f"#row-{matter.pk} > .row"), page.locator(f"#row-{matter.pk} > .row[data-unread]")
    expect(unread).to_have_count(0)
    expect(page.locator(f"#row-{other.pk} > .row")).to_have_attribute("data-unread", "")
    page.locator(f"#row-{other.pk} > .row").click()
    expect(page.get_by_role("heading", name="Where is my order?")).to_be_visible()

    actions.note(matter, "Looks like 3DS.", actor=mia.actor)
    for number in range(6):
        add(matter, f"And once more, {number}.\n" * 8)
    expect(unread).to_have_count(1)
    assert violations(page) == []
    row.click()
    line = page.get_by_text("New since you were here")
    expect(line).to_be_in_viewport()
    expect(page.get_by_text("Looks like 3DS.")).to_be_in_viewport()
    expect(page.get_by_role("textbox", name="Write to the customer…")).to_be_in_viewport()
    expect(page.get_by_text("And once more, 5.").first).not_to_be_in_viewport()
    expect(unread).to_have_count(0)
    assert violations(page) == []

    page.keyboard.press("Shift+U")
    expect(page.locator("#pane .ticket")).to_have_count(0)
    expect(unread).to_have_count(1)
    expect(row).to_contain_text("Unread")
    row.click()
    expect(page.get_by_text("New since you were here")).to_be_visible()
