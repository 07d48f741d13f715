"""Nothing typed is lost: reload, another browser, network loss, two windows at once."""

import pytest
from playwright.sync_api import Locator, Page, expect

from headway.people.models import Agent, Brand, Customer
from headway.tickets.models import Draft
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask

pytestmark = pytest.mark.browser


def _body(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Write to the customer…")


def test_a_draft_follows_its_writer(enter: Enter, sam: Agent, mia: Agent, dana: Customer, acme: Brand) -> None:
    """Saved at a pause; another browser has it; both write, and neither text is lost; shared, a colleague uses it."""
    matter = ask(dana, "Setup", "How?", assignee=sam)
    office = enter(sam).open(f"/desk/tickets/{matter.pk}")
    _body(office).fill("First thoughts")
    expect(office.locator("[data-draft-state]")).to_have_text("Draft saved")

    home = enter(sam).open(f"/desk/tickets/{matter.pk}")
    expect(_body(home)).to_have_value("First thoughts")
    _body(home).fill("First thoughts, at home")
    expect(home.locator("[data-draft-state]")).to_have_text("Draft saved")

    _body(office).fill("First thoughts, at the office")
    expect(office.locator(".clash")).to_be_visible()
    expect(_body(office)).to_have_value("First thoughts, at the office")
    office.reload()
    expect(office.locator(".clash")).to_be_visible()
    expect(_body(office)).to_have_value("First thoughts, at the office")
    office.get_by_role("button", name="Use that one").click()
    expect(_body(office)).to_have_value("First thoughts, at home")
    office.keyboard.press("Control+z")
    expect(_body(office)).to_have_value("First thoughts, at the office")
    expect(office.locator("[data-draft-state]")).to_have_text("Draft saved")

    office.get_by_role("button", name="Share this draft").click()
    expect(office.get_by_role("button", name="Share this draft")).to_have_attribute("aria-pressed", "true")
    colleague = enter(mia).open(f"/desk/tickets/{matter.pk}")
    colleague.get_by_text("Sam is writing a reply and shares it").click()
    colleague.get_by_role("button", name="Use it in mine").click()
    expect(_body(colleague)).to_have_value("First thoughts, at the office")

    office.get_by_role("button", name="Send and wait").click()
    expect(office.locator("#timeline")).to_contain_text("at the office")
    expect(_body(office)).to_have_value("")
    assert not Draft.objects.filter(agent=sam).exists()
    office.reload()
    expect(_body(office)).to_have_value("")


def test_the_network_goes_while_writing(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """Kept here while nothing can be reached, saved when it can be again."""
    matter = ask(dana, "Setup", "How?", assignee=sam)
    page = enter(sam).open(f"/desk/tickets/{matter.pk}")
    page.context.set_offline(True)
    _body(page).fill("On the train")
    expect(page.locator("[data-draft-state]")).to_contain_text("Kept in this browser")
    assert not Draft.objects.exists()
    page.context.set_offline(False)
    expect(page.locator("[data-draft-state]")).to_have_text("Draft saved")
    assert Draft.objects.get().text == "On the train"
