"""Many tickets at once, by keys alone; undone; on a phone."""

import pytest
from playwright.sync_api import expect

from headway.people.models import Agent, Brand, Customer
from headway.tickets.models import Ticket
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask
from tests.journeys.test_access import violations

pytestmark = pytest.mark.browser


def test_choose_preview_change_undo(enter: Enter, sam: Agent, mia: Agent, dana: Customer, acme: Brand) -> None:
    """x, j, Shift-x, a: all to Mia, and back."""
    made = [ask(dana, f"Number {number}", "Please.") for number in range(12)]
    page = enter(sam).open("/desk/views/open")
    page.keyboard.press("j")
    page.keyboard.press("x")
    for _step in range(11):
        page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    expect(page.get_by_role("toolbar", name="Chosen tickets")).to_contain_text("12 chosen")
    assert violations(page) == []
    page.keyboard.press("a")
    expect(page.get_by_label("Assignee")).to_be_focused()
    page.keyboard.type("Mia")
    expect(page.get_by_text("12 tickets will change.")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("12 changed")).to_be_visible()
    assert Ticket.objects.filter(assignee=mia).count() == 12
    expect(page.locator(f"#row-{made[0].pk} .avatar")).to_be_visible()
    expect(page.get_by_role("toolbar", name="Chosen tickets")).to_be_hidden()
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_text("12 put back")).to_be_visible()
    assert Ticket.objects.filter(assignee=None).count() == 12
    page.keyboard.press("x")
    page.keyboard.press("Escape")
    expect(page.get_by_role("toolbar", name="Chosen tickets")).to_be_hidden()


def test_boxes_under_a_finger_and_shift_press(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """Always there on touch; a range by Shift; rows do not move."""
    for number in range(4):
        ask(dana, f"Number {number}", "Please.")
    phone = enter(sam, width=390, height=844, has_touch=True, is_mobile=True).open("/desk/views/open")
    expect(phone.locator(".row-pick").first).to_have_css("opacity", "1")
    phone.locator(".row-pick").first.tap()
    expect(phone.get_by_role("toolbar", name="Chosen tickets")).to_contain_text("1 chosen")
    assert violations(phone) == []
    page = enter(sam).open("/desk/views/open")
    place = page.locator("#rows .row").nth(3).bounding_box()
    page.locator("#rows > li").nth(0).hover()
    page.locator(".row-pick").nth(0).click()
    page.locator("#rows .row").nth(2).click(modifiers=["Shift"])
    expect(page.get_by_role("toolbar", name="Chosen tickets")).to_contain_text("3 chosen")
    assert page.locator("#rows .row").nth(3).bounding_box() == place
