"""One mail, two matters: what belongs to the second goes to a ticket of its own."""

import pytest
from playwright.sync_api import expect

from headway.people.models import Agent, Brand, Customer
from headway.tickets.models import Ticket
from tests.journeys.conftest import Enter
from tests.journeys.matters import add, ask
from tests.journeys.test_access import violations

pytestmark = pytest.mark.browser


def test_a_ticket_about_two_things_becomes_two(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """Looked at before it is done; the new ticket opens, linked to the old one, which keeps the rest."""
    matter = ask(dana, "Refund, please", "I want my money back.", assignee=sam)
    add(matter, "And I cannot sign in either.")
    page = enter(sam).open(f"/desk/tickets/{matter.pk}?in=mine")
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Split messages off…").click()
    form = page.get_by_role("dialog")
    form.get_by_role("button", name="Preview").click()
    expect(form.get_by_role("alert")).to_have_text("Choose the messages that move.")
    form.get_by_label("Subject of the new ticket").fill("Cannot sign in")
    form.get_by_role("checkbox", name="And I cannot sign in either.").check()
    form.get_by_role("button", name="Preview").click()
    expect(form).to_contain_text("1 message moves to a new ticket")
    assert Ticket.objects.count() == 1
    assert violations(page) == []
    form.get_by_role("button", name="Move them").click()
    expect(page.get_by_role("heading", name="Cannot sign in")).to_be_visible()
    expect(page.locator("#timeline")).to_contain_text("And I cannot sign in either.")
    page.locator("#side").get_by_role("link", name="Refund, please").last.click()
    expect(page.get_by_role("heading", name="Refund, please")).to_be_visible()
    expect(page.locator("#timeline")).to_contain_text("I want my money back.")
    expect(page.locator("#timeline")).not_to_contain_text("And I cannot sign in either.")
