"""Views of one's own, by keys alone; every list keeps its place."""

import re

import pytest
from playwright.sync_api import expect

from headway.people.models import Agent, Brand, Customer
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask
from tests.journeys.test_access import violations

pytestmark = pytest.mark.browser


def test_a_view_is_saved_renamed_removed_and_comes_back(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """From a typed filter to a view beside the others, and back."""
    ask(dana, "Card refused", "Twice.", tags=["vip"])
    ask(dana, "Where is my order?", "Still not here.")
    page = enter(sam).open("/desk/views/open")
    page.keyboard.press("/")
    page.keyboard.type("tag:vip")
    expect(page.locator("#rows > li[id]")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("v")
    expect(page.get_by_role("dialog", name="Save this view")).to_be_visible()
    assert violations(page) == []
    page.keyboard.type("Important people")
    page.keyboard.press("Enter")
    link = page.locator("#counts").get_by_role("link", name="Important people")
    expect(link).to_be_visible()
    expect(link).to_contain_text("1")
    expect(page.get_by_role("heading", name="Important people")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/desk/views/saved-\d+$"))
    assert violations(page) == []

    page.get_by_role("button", name="This view").press("Enter")
    page.get_by_role("menuitem", name="Name and audience…").press("Enter")
    page.get_by_role("textbox", name="Name").fill("VIP")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="VIP")).to_be_visible()
    page.get_by_role("button", name="This view").press("Enter")
    page.get_by_role("menuitem", name="Remove this view").press("Enter")
    expect(page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()
    expect(page.locator("#counts").get_by_role("link", name="VIP")).to_have_count(0)
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.locator("#counts").get_by_role("link", name="VIP")).to_be_visible()
    expect(page.locator("#rows > li[id]")).to_have_count(1)


def test_a_list_keeps_its_place(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """Scrolled down, away to another view, back."""
    for number in range(60):
        ask(dana, f"Number {number}", "Please.")
    page = enter(sam).open("/desk/views/open")
    rows = page.locator("#rows > li[id]")
    expect(rows).to_have_count(30)
    for _step in range(30):
        page.keyboard.press("j")
    expect(rows).to_have_count(60)
    page.keyboard.press("j")
    expect(rows.nth(30).locator(".row")).to_be_focused()
    page.locator("#found").evaluate("found => found.scrollTop = 1500")
    page.locator("#counts").get_by_role("link", name="Mine", exact=True).click()
    expect(page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()
    # what happened meanwhile is asked for, and its rows are drawn again where they stand
    with page.expect_response(lambda response: "/desk/changes" in response.url) as answered:
        page.go_back()
    answered.value.finished()
    expect(page.locator("#rows > li[id]")).to_have_count(60)
    assert page.locator("#found").evaluate("found => found.scrollTop") == 1500
    page.locator("#rows .row").nth(40).click()
    expect(page.get_by_role("heading", name="Number 19")).to_be_visible()
