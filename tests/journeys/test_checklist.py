"""What is to be done on a ticket, from the first item to the last."""

import pytest
from playwright.sync_api import expect

from headway.people.models import Agent, Brand, Customer
from headway.tickets import actions
from headway.tickets.queries.checklist import checklist_of
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask
from tests.journeys.test_access import violations

pytestmark = pytest.mark.browser


def test_a_list_is_kept_by_two_and_said_before_the_end(
    live: None, enter: Enter, sam: Agent, mia: Agent, dana: Customer, acme: Brand
) -> None:
    """By keys alone, with somebody else looking: added, moved, ticked, taken off and back; solving asks once."""
    matter = ask(dana, "Card declined twice", "Please help.", assignee=sam)
    mias, page = enter(mia).open(f"/desk/tickets/{matter.pk}"), enter(sam).open(f"/desk/tickets/{matter.pk}")
    expect(mias.locator("html")).to_have_attribute("data-live", "on")
    expect(page.locator("html")).to_have_attribute("data-live", "on")
    page.keyboard.press("b")
    new = page.get_by_role("textbox", name="Add to the checklist")
    expect(new).to_be_focused()
    for count, text in enumerate(("Ask the bank", "Refund the second charge", "Answer Dana"), 1):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(page.locator(".checklist li")).to_have_count(count)
        expect(new).to_be_focused()
        expect(new).to_have_value("")
    expect(mias.get_by_role("button", name="Checklist: 0 of 3 done")).to_be_visible()
    # what is half typed stays when somebody else does something
    new.fill("Tell the te")
    mias.get_by_role("checkbox", name="Ask the bank").check()
    expect(page.get_by_role("button", name="Checklist: 1 of 3 done")).to_be_visible()
    expect(page.locator(".checklist li").first).to_contain_text(mia.name)
    expect(new).to_have_value("Tell the te")
    new.fill("")
    # moved with its box in the focus, and found there again
    last = page.get_by_role("checkbox", name="Answer Dana")
    last.focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".checklist li").nth(1)).to_contain_text("Answer Dana")
    expect(last).to_be_focused()
    page.get_by_role("button", name="Change “Refund the second charge”").click()
    dialog = page.get_by_role("dialog", name="An item of the checklist")
    assert violations(page) == []
    dialog.get_by_role("button", name="Remove").click()
    expect(page.locator(".checklist li")).to_have_count(2)
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".checklist li")).to_have_count(3)
    assert violations(page) == []
    # the palette knows it
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type("checkl")
    expect(page.get_by_role("option", name="Checklist: 1 of 3 done")).to_be_visible()
    page.keyboard.press("Enter")
    expect(last).to_be_focused()
    # still open: said once, passed by the second press
    page.get_by_role("button", name="Solve", exact=True).click()
    expect(page.locator("#conflict")).to_contain_text("“Answer Dana”, “Refund the second charge”")
    page.get_by_role("button", name="Solve", exact=True).click()
    expect(mias.get_by_role("button", name="Status: Solved")).to_be_visible()


def test_on_a_phone(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """Ticked off and changed with a thumb."""
    matter = ask(dana, "Card declined", "Twice.", assignee=sam)
    actions.add_items(matter, ["Ask the bank " * 12, "Answer Dana"], actor=sam.actor)
    page = enter(sam, width=390, height=844, is_mobile=True, has_touch=True).open(f"/desk/tickets/{matter.pk}")
    page.get_by_role("button", name="Checklist: 0 of 2 done").tap()
    page.locator(".item-text", has_text="Answer Dana").tap()
    expect(page.get_by_role("button", name="Checklist: 1 of 2 done")).to_have_count(1)
    page.get_by_role("button", name="Change “Answer Dana”").tap()
    dialog = page.get_by_role("dialog", name="An item of the checklist")
    dialog.get_by_label("Place").select_option("1")
    dialog.get_by_role("button", name="Save").tap()
    expect(page.locator(".checklist li").first).to_contain_text("Answer Dana")
    assert [(one.text[:3], one.done_by) for one in checklist_of(matter.pk)] == [("Ans", sam.pk), ("Ask", None)]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
