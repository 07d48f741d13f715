"""Many hands: a mention reaches somebody at once."""

import pytest
from playwright.sync_api import expect

from headway.events import tasks
from headway.events.models import Entry
from headway.people.models import Agent, Brand, Customer
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask
from tests.journeys.test_access import violations

pytestmark = pytest.mark.browser


def test_a_mention_reaches_somebody_at_work(
    live: None, enter: Enter, sam: Agent, mia: Agent, dana: Customer, acme: Brand
) -> None:
    """Written with completion, told by the bell and the view, read by opening the ticket."""
    matter = ask(dana, "Card refused", "Twice.")
    mias, sams = enter(mia).open("/desk/views/unassigned"), enter(sam).open(f"/desk/tickets/{matter.pk}")
    for page in (mias, sams):
        expect(page.locator("html")).to_have_attribute("data-live", "on")
    sams.keyboard.press("n")
    note = sams.get_by_role("textbox", name="Write a note for the team…")
    note.press_sequentially("Ask @mi")
    expect(sams.get_by_role("option", name="Mia")).to_be_visible()
    assert violations(sams) == []
    sams.keyboard.press("Enter")
    expect(note).to_have_value("Ask @Mia ")
    sams.keyboard.press("Control+Enter")
    expect(sams.locator("#timeline .called")).to_have_text("@Mia")
    # what a worker does
    tasks.follow(Entry.objects.get(kind="note.written").pk)

    expect(mias.locator("#bell-count")).to_have_text("1")
    expect(mias.locator("#counts a", has_text="Mentions").locator(".number")).to_have_text("1")
    mias.get_by_role("button", name="Notifications").click()
    expect(mias.get_by_role("link", name="Sam mentioned you")).to_be_visible()
    assert violations(mias) == []
    mias.get_by_role("link", name="Sam mentioned you").click()
    expect(mias.locator("#timeline .called")).to_have_text("@Mia")
    expect(mias.locator("#bell-count")).to_be_hidden()
    expect(mias.locator("#counts a", has_text="Mentions").locator(".number")).to_have_count(0)


def test_two_at_one_ticket(live: None, enter: Enter, sam: Agent, mia: Agent, dana: Customer, acme: Brand) -> None:
    """They see each other come, type and go; of two who take it the first has it; nothing is sent unseen."""
    matter = ask(dana, "Card refused", "Twice.")
    sams, mias = enter(sam).open(f"/desk/tickets/{matter.pk}"), enter(mia).open(f"/desk/tickets/{matter.pk}")
    for page in (sams, mias):
        expect(page.locator("html")).to_have_attribute("data-live", "on")
    expect(mias.locator("#presence")).to_contain_text("Sam is here")
    expect(sams.locator("#presence")).to_contain_text("Mia is here")
    assert violations(sams) == []
    body = sams.get_by_role("textbox", name="Write to the customer…")
    body.press_sequentially("Have you tried")
    expect(mias.locator("#typing")).to_contain_text("Sam is writing a reply")
    assert violations(mias) == []

    for page in (sams, mias):
        page.get_by_role("button", name="Assigned to: nobody").click()
        expect(page.get_by_role("menuitemradio", name="Me")).to_be_visible()
    mias.get_by_role("menuitemradio", name="Me").click()
    expect(mias.get_by_role("button", name="Assigned to: Mia")).to_be_visible()
    sams.get_by_role("menuitemradio", name="Me").click()
    expect(sams.locator("#conflict")).to_contain_text("Mia has had this ticket for a moment")
    expect(sams.get_by_role("button", name="Assigned to: Mia")).to_be_visible()
    expect(body).to_have_value("Have you tried")
    expect(sams.locator("#presence")).to_contain_text("Mia is here")

    mias.get_by_role("textbox", name="Write to the customer…").fill("The other card, please.")
    mias.get_by_role("button", name="Send and wait").click()
    expect(sams.locator("#timeline")).to_contain_text("The other card, please.")
    mias.close()
    expect(sams.locator("#presence")).to_be_empty()
