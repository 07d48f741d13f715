"""Prepared answers in the composer: by ";" and by the menu."""

import pytest
from playwright.sync_api import expect

from headway.people.models import Agent, Brand, Customer
from headway.tickets import actions
from headway.tickets.actions import Recipe
from headway.tickets.models import Message
from headway.tickets.rules.macros import Changes
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask

pytestmark = pytest.mark.browser


def test_typing_completes_and_a_gap_takes_the_caret(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """Written on the page, completed by ";", not sent while a gap is open, filled in, sent."""
    page = enter(sam).open("/desk/macros")
    page.get_by_role("button", name="New macro").click()
    page.get_by_role("textbox", name="Name").fill("Refund sent")
    page.get_by_role("textbox", name="Shortcut").fill("ref")
    words = "Hello {{customer.first_name}}, order [[order number]] was paid back."
    page.get_by_role("textbox", name="Words for the composer").fill(words)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("cell", name=";ref")).to_be_visible()

    matter = ask(dana, "Refund", "Please.", assignee=sam)
    page.goto(page.url.replace("/desk/macros", f"/desk/tickets/{matter.pk}"))
    body = page.get_by_role("textbox", name="Write to the customer…")
    body.click()
    page.keyboard.type("Hi! ;r")
    expect(page.get_by_role("option", name="Refund sent")).to_be_visible()
    expect(body).to_be_focused()
    page.keyboard.type("e")
    expect(body).to_be_focused()
    page.keyboard.press("Enter")
    expect(body).to_have_value("Hi! Hello Dana, order [[order number]] was paid back.")
    page.keyboard.press("End")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast")).to_contain_text("Fill in [[order number]]")
    assert not Message.objects.filter(direction="out").exists()
    page.keyboard.type("A-1")
    expect(body).to_have_value("Hi! Hello Dana, order A-1 was paid back.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#timeline")).to_contain_text("order A-1 was paid back.")


def test_the_menu_shows_what_one_would_do(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """Found by typing, previewed, applied: the ticket changes, the words wait in the composer."""
    recipe = Recipe(
        name="Escalate", text="We asked our bank.", note="Bank asked.", changes=Changes(priority=4, tags=("bank",))
    )
    actions.save_macro(recipe=recipe, actor=sam.actor)
    actions.save_macro(recipe=Recipe(name="Thanks", text="Thank you"), actor=sam.actor)
    matter = ask(dana, "Refund", "Please.", assignee=sam)
    page = enter(sam).open(f"/desk/tickets/{matter.pk}")
    page.keyboard.press("m")
    expect(page.get_by_role("menuitem", name="Thanks")).to_be_visible()
    page.keyboard.type("esc")
    expect(page.get_by_role("menuitem", name="Thanks")).to_be_hidden()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Escalate")
    expect(dialog).to_contain_text("Priority: Urgent")
    expect(dialog).to_contain_text("Bank asked.")
    dialog.get_by_role("button", name="Apply").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Priority: Urgent")).to_be_visible()
    expect(page.locator("#timeline .note")).to_contain_text("Bank asked.")
    expect(page.get_by_role("textbox", name="Write to the customer…")).to_have_value("We asked our bank.")
    assert not Message.objects.filter(direction="out").exists()
