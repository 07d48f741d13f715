"""Send later, from the composer to the held-back reply."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from headway.events.actor import Actor
from headway.foundation.clock import frozen, now
from headway.people.models import Agent, Brand, Customer
from headway.tickets import actions
from headway.tickets.actions import Words
from headway.tickets.actions.aging import send_due
from headway.tickets.models import Message, Scheduled
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask
from tests.journeys.test_access import violations

pytestmark = pytest.mark.browser


def test_a_reply_waits_and_is_never_sent_over_news(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """Written for tomorrow, stopped, written again; the customer writes first, so it is held back and sent by hand."""
    matter = ask(dana, "Setup", "How?", assignee=sam)
    page = enter(sam).open(f"/desk/tickets/{matter.pk}")
    body = page.get_by_role("textbox", name="Write to the customer…")
    body.fill("Good morning")
    page.get_by_role("button", name="Send later").click()
    assert violations(page) == []
    page.get_by_role("menuitem", name="Tomorrow, 9:00").click()
    waiting = page.get_by_role("article", name="Reply for later from Sam")
    expect(waiting).to_contain_text(re.compile("Leaves .*9:00.*, then waits on the customer"))
    expect(body).to_have_value("")

    waiting.get_by_role("button", name="Stop it").click()
    expect(waiting).to_have_count(0)
    expect(body).to_have_value("Good morning")
    page.get_by_role("button", name="Send later").click()
    page.get_by_role("menuitem", name="In three hours").click()
    expect(waiting).to_be_visible()

    waiting.get_by_role("button", name="Change…").click()
    page.get_by_role("dialog").get_by_label("Reply").fill("Good morning, Dana")
    assert violations(page) == []
    page.get_by_role("button", name="Save").click()
    expect(waiting).to_contain_text("Good morning, Dana")
    expect(page.get_by_role("dialog")).to_have_count(0)

    actions.receive(matter, Words(text="Never mind!"), customer=dana, actor=Actor.customer(dana.pk))
    with frozen(now() + timedelta(hours=4)):
        send_due()
    page.reload()
    expect(page.get_by_text("A reply of yours did not leave")).to_be_visible()
    expect(waiting).to_contain_text("The customer wrote since")
    assert violations(page) == []
    assert not Message.objects.filter(direction="out").exists()
    waiting.get_by_role("button", name="Send now").click()
    expect(page.get_by_role("article", name="Message from Sam")).to_contain_text("Good morning, Dana")
    expect(waiting).to_have_count(0)
    assert not Scheduled.objects.exists()
