"""What is to be done on a ticket, from the first item to the last."""

import pytest
from playwright.sync_api import Page, expect

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
    """By keys, with somebody else looking: added, moved (once by dragging), ticked, taken off and back; solving asks
    once."""
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
    drag(page, "Ask the bank", below="Refund the second charge")
    for theirs in (page, mias):
        expect(theirs.locator(".item-text")).to_have_text(["Answer Dana", "Refund the second charge", "Ask the bank"])
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
    # drawn anew below the palette, it is still what is chosen
    mias.get_by_role("checkbox", name="Refund the second charge").check()
    expect(page.locator("#ticket-head [data-checklist]")).to_contain_text("2 of 3")
    page.keyboard.press("Enter")
    expect(last).to_be_focused()
    # still open: said once, passed by the second press
    page.get_by_role("button", name="Solve", exact=True).click()
    expect(page.locator("#conflict")).to_contain_text("“Answer Dana”")
    page.get_by_role("button", name="Solve", exact=True).click()
    expect(mias.get_by_role("button", name="Status: Solved")).to_be_visible()


def test_on_a_phone(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """Ticked off, changed and dragged with a thumb; what was refused is put back."""
    matter = ask(dana, "Card declined", "Twice.", assignee=sam)
    actions.add_items(matter, ["Ask the bank " * 12, "Answer Dana"], actor=sam.actor)
    window = enter(sam, width=390, height=844, is_mobile=True, has_touch=True)
    page = window.open(f"/desk/tickets/{matter.pk}")
    page.get_by_role("button", name="Checklist: 0 of 2 done").tap()
    page.locator(".item-text", has_text="Answer Dana").tap()
    expect(page.get_by_role("button", name="Checklist: 1 of 2 done")).to_have_count(1)
    page.get_by_role("button", name="Change “Answer Dana”").tap()
    dialog = page.get_by_role("dialog", name="An item of the checklist")
    dialog.get_by_label("Place").select_option("1")
    dialog.get_by_role("button", name="Save").tap()
    expect(page.locator(".checklist li").first).to_contain_text("Answer Dana")
    assert [(one.text[:3], one.done_by) for one in checklist_of(matter.pk)] == [("Ans", sam.pk), ("Ask", None)]
    first, last = page.locator(".item-text").all_text_contents()
    with page.expect_response("**/checklist/*"):
        drag(page, first, below=last, thumb=True)
    expect(page.locator(".item-text")).to_have_text([last, first])
    assert [one.text[:3] for one in checklist_of(matter.pk)] == ["Ask", "Ans"]
    actions.remove_item(matter, checklist_of(matter.pk)[0].id, actor=sam.actor)
    drag(page, last, below=first, thumb=True)
    expect(page.locator(".toast")).to_contain_text("This item is not on the checklist any more.")
    expect(page.locator(".item-text")).to_have_text([last, first])
    window.faults.clear()  # the refused move
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def drag(page: Page, text: str, *, below: str, thumb: bool = False) -> None:
    """By its grip, until it is past the other item."""
    box = page.locator(".checklist li", has_text=text).locator(".item-grip").bounding_box()
    past = page.locator(".checklist li", has_text=below).bounding_box()
    assert box is not None
    assert past is not None
    x, start, end = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, past["y"] + past["height"]
    if not thumb:
        page.mouse.move(x, start)
        page.mouse.down()
        page.mouse.move(x, end, steps=4)
        page.mouse.up()
        return
    finger = page.context.new_cdp_session(page)
    for kind, y in (("Start", start), ("Move", (start + end) / 2), ("Move", end), ("End", None)):
        points = [] if y is None else [{"x": x, "y": y}]
        finger.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})
