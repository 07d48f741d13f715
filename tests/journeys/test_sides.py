"""A side conversation, from the ticket to the answer that brings it back."""

import pytest
from playwright.sync_api import expect

from headway.events.actor import Actor
from headway.people.models import Agent, Brand, Customer
from headway.tickets import actions
from headway.tickets.actions import Words, stored
from headway.tickets.models import Message, SideConversation
from tests.journeys.conftest import Enter
from tests.journeys.files import picture
from tests.journeys.matters import ask
from tests.journeys.test_access import violations

pytestmark = pytest.mark.browser


def test_a_supplier_is_asked_beside_the_customer(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """Started with a quoted message, a slip of the pen mended; answered, thanked, closed; the customer sees nothing."""
    matter = ask(dana, "Order 7 is late", "Where is my order?", assignee=sam)
    page = enter(sam).open(f"/desk/tickets/{matter.pk}")
    page.get_by_role("button", name="Start a side conversation").click()
    form = page.get_by_role("dialog")
    form.get_by_label("To").fill("dana@example.com")
    form.get_by_label("Message").fill("When will it leave?")
    form.get_by_text("Quote messages of the ticket…").click()
    form.get_by_role("checkbox").check()
    assert violations(page) == []
    form.get_by_role("button", name="Send").click()
    expect(form).to_contain_text("takes part in the ticket itself")
    expect(form.get_by_role("checkbox")).to_be_checked()
    form.get_by_label("To").fill("li@supplier.example")
    form.get_by_role("button", name="Send").click()
    expect(form).to_have_count(0)
    mine = page.locator("#side").get_by_role("button", name="li@supplier.example")
    expect(mine).to_be_visible()
    side = SideConversation.objects.get()
    assert "> Where is my order?" in side.messages.get().quoted

    actions.receive_side(
        side,
        Words(text="It left today.", files=[stored("parcel.png", "image/png", picture(40, 30))]),
        address="li@supplier.example",
        name="Li",
        actor=Actor.system(),
    )
    page.reload()
    expect(mine).to_contain_text("Answered")
    expect(page.locator("#rows")).to_contain_text("Side answer")
    mine.click()
    expect(form.get_by_role("article", name="Message from Li")).to_contain_text("It left today.")
    assert violations(page) == []
    form.get_by_role("button", name="Look at parcel.png").click()
    looked = page.get_by_role("dialog", name="parcel.png")
    expect(looked.get_by_role("img", name="parcel.png")).to_be_visible()
    page.keyboard.press("Escape")
    expect(looked).to_have_count(0)
    form.get_by_label("Answer everybody in it").fill("Thank you.")
    form.get_by_role("button", name="Send").click()
    expect(form.get_by_role("article", name="Message from Sam").last).to_contain_text("Thank you.")
    form.get_by_role("button", name="Close the conversation").click()
    expect(form.get_by_role("button", name="Reopen")).to_be_visible()
    assert Message.objects.filter(ticket=matter).count() == 1
