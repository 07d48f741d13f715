"""What people mark as spam teaches the rules about senders."""

import pytest
from playwright.sync_api import expect

from headway.intake.spam import learning
from headway.intake.tests.letters import letter, message_of
from headway.people.models import Agent, Brand, Customer
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask
from tests.journeys.test_access import violations

pytestmark = pytest.mark.browser


def test_marked_learned_caught_and_taken_back(enter: Enter, ada: Agent, dana: Customer, acme: Brand) -> None:
    """One key marks; the next mail of that sender says why it is suspected; the rule is removed, undone, unlearned."""
    ticket = ask(dana, "Cheap pills", "Buy now.")
    window = enter(ada)
    page = window.open(f"/desk/tickets/{ticket.pk}")
    page.keyboard.press("!")
    expect(page.get_by_text("So is new mail from dana@example.com.")).to_be_visible()
    learning.learn(ticket, actor=ada.actor)  # as its job does
    caught = message_of(letter("Buy more."))

    window.open(f"/desk/tickets/{caught.ticket_id}")
    expect(
        page.get_by_text(f"Why: Mail from dana@example.com is suspected: {ada.name} marked #{ticket.pk}")
    ).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Rule").click()
    expect(page.get_by_role("heading", name="Sender rules", level=1)).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Remove dana@example.com").click()
    expect(page.get_by_text("The rule about dana@example.com holds no more.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("row", name="dana@example.com")).to_be_visible()
    page.get_by_role("button", name="Add a rule").click()
    page.get_by_label("Address or domain").fill("pills.example")
    assert violations(page) == []
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("row", name="pills.example")).to_be_visible()

    window.open(f"/desk/tickets/{caught.ticket_id}")
    page.keyboard.press("!")
    expect(page.get_by_text("dana@example.com is not suspected any more.")).to_be_visible()
    learning.unlearn(caught.ticket, actor=ada.actor)
    window.open("/desk/settings/senders")
    expect(page.get_by_role("row", name="dana@example.com")).to_have_count(0)
