"""An agent's day: find a ticket, answer it, note, assign, solve."""

import re

import pytest
from playwright.sync_api import expect

from headway.people.models import Agent, Brand, Customer
from headway.tickets.models import Message, Note, Ticket
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask

pytestmark = pytest.mark.browser


def test_find_answer_note_assign_solve(enter: Enter, sam: Agent, mia: Agent, dana: Customer, acme: Brand) -> None:
    """The way from the inbox to a solved ticket, by mouse."""
    wanted = ask(dana, "Card payment declined twice", "Both of my cards were refused at the checkout.")
    ask(dana, "Where is my order?", "It should have come on Monday.")
    window = enter(sam)
    page = window.open("/desk/")
    expect(page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()

    page.get_by_role("link", name="Unassigned").first.click()
    expect(page.locator("#rows > li")).to_have_count(2)
    page.get_by_role("combobox").fill("checkout refused")
    expect(page.locator("#rows > li[id]")).to_have_count(1)
    page.locator("#rows .row").click()
    expect(page.get_by_role("heading", name="Card payment declined twice")).to_be_visible()
    expect(page).to_have_url(re.compile(rf"/desk/tickets/{wanted.pk}\b"))

    page.get_by_role("textbox", name="Write to the customer…").fill("Hello Dana,\n\nwe are looking into it.")
    page.get_by_role("button", name="Send and wait").click()
    expect(page.locator("#timeline")).to_contain_text("we are looking into it.")
    expect(page.get_by_role("button", name="Status: Waiting on customer")).to_be_visible()
    expect(page.get_by_role("textbox", name="Write to the customer…")).to_have_value("")
    assert Message.objects.get(ticket=wanted, direction="out").agent == sam

    page.locator(".modes label", has_text="Note").click()
    page.get_by_role("textbox", name="Write a note for the team…").fill("Looks like 3DS.")
    page.get_by_role("button", name="Add note").click()
    expect(page.locator("#timeline .note")).to_contain_text("Looks like 3DS.")
    assert Note.objects.get(ticket=wanted).text == "Looks like 3DS."
    assert Message.objects.filter(ticket=wanted).count() == 2

    page.locator("#ticket-head").get_by_role("button", name="Assigned to").click()
    page.get_by_role("menuitemradio", name="Mia").click()
    expect(page.get_by_role("button", name="Assigned to: Mia")).to_be_visible()

    page.get_by_role("button", name="Solve", exact=True).click()
    expect(page.get_by_role("button", name="Status: Solved")).to_be_visible()
    wanted.refresh_from_db()
    assert (wanted.category, wanted.assignee) == ("solved", mia)


def test_keyboard_only(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """The same without a mouse: j, Enter, r, Ctrl-Enter, n, e, u."""
    first = ask(dana, "Refund for March", "Please send it back.", assignee=sam)
    second = ask(dana, "Login fails", "The code is never right.", assignee=sam)
    page = enter(sam).open("/desk/views/mine")
    page.keyboard.press("j")
    expect(page.locator(f"#row-{second.pk} > .row")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Refund for March")).to_be_visible()

    page.keyboard.press("r")
    expect(page.get_by_role("textbox", name="Write to the customer…")).to_be_focused()
    page.keyboard.type("It is on its way.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#timeline")).to_contain_text("It is on its way.")

    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.get_by_role("textbox", name="Write a note for the team…")).to_be_focused()
    page.keyboard.type("Refunded by hand.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#timeline .note")).to_contain_text("Refunded by hand.")

    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.get_by_role("button", name="Status: Solved")).to_be_visible()
    page.keyboard.press("u")
    expect(page.locator("#pane .ticket")).to_have_count(0)
    expect(page.locator(f"#row-{first.pk} > .row")).to_be_focused()
    assert Ticket.objects.get(pk=first.pk).category == "solved"


def test_solving_by_sending_is_one_key_further(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """Ctrl-Shift-Enter sends and solves."""
    matter = ask(dana, "How do I export?", "I cannot find it.", assignee=sam)
    page = enter(sam).open(f"/desk/tickets/{matter.pk}")
    page.keyboard.press("r")
    page.keyboard.type("Under Settings, Export.")
    page.keyboard.press("Control+Shift+Enter")
    expect(page.get_by_role("button", name="Status: Solved")).to_be_visible()
    matter.refresh_from_db()
    assert matter.category == "solved"
