"""The desk in one hand."""

import pytest
from playwright.sync_api import expect

from headway.people.models import Agent, Brand, Customer
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask
from tests.journeys.thumbs import cramped

pytestmark = pytest.mark.browser


def test_answer_on_a_phone(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """One pane at a time; nothing is wider than the screen; targets are large enough for a thumb."""
    matter = ask(dana, "Card payment declined twice " * 9, "Averylongwordwithoutspaces" * 20, assignee=sam)
    page = enter(sam, width=390, height=844, is_mobile=True, has_touch=True).open("/desk/views/unassigned")
    expect(page.get_by_role("navigation", name="Views")).to_be_hidden()
    page.get_by_role("button", name="Views").tap()
    page.get_by_role("link", name="Mine").tap()
    expect(page.get_by_role("heading", name="Mine")).to_be_visible()
    page.locator("#rows .row").tap()
    expect(page.locator("#list")).to_be_hidden()
    assert cramped(page) == []
    page.get_by_role("textbox", name="Write to the customer…").fill("We are on it.")
    # a keyboard that covers the page: the window stays as high, and less of it is seen
    page.evaluate("Object.defineProperty(visualViewport, 'height', { get: () => 480, configurable: true })")
    page.evaluate("visualViewport.dispatchEvent(new Event('resize'))")
    sending = page.get_by_role("button", name="Send and wait").bounding_box()
    assert sending is not None
    assert sending["y"] + sending["height"] <= 480
    page.evaluate("delete visualViewport.height; visualViewport.dispatchEvent(new Event('resize'))")
    page.get_by_role("button", name="Send and wait").tap()
    expect(page.locator("#timeline")).to_contain_text("We are on it.")
    page.get_by_role("button", name="Customer and details").tap()
    expect(page.get_by_role("heading", name="Dana Ortiz")).to_be_visible()
    page.get_by_role("button", name="Close").first.tap()
    page.get_by_role("button", name="Back to the list").tap()
    expect(page.locator(f"#row-{matter.pk}")).to_be_visible()


def test_back_and_forward(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """The browser's own buttons lead through what was open."""
    first, second = ask(dana, "First", "One.", assignee=sam), ask(dana, "Second", "Two.", assignee=sam)
    page = enter(sam).open("/desk/views/mine")
    page.locator(f"#row-{first.pk} .row").click()
    expect(page.get_by_role("heading", name="First")).to_be_visible()
    page.locator(f"#row-{second.pk} .row").click()
    expect(page.get_by_role("heading", name="Second")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="First")).to_be_visible()
    page.go_back()
    expect(page.locator("#pane .ticket")).to_have_count(0)
    page.go_forward()
    expect(page.get_by_role("heading", name="First")).to_be_visible()
    page.get_by_role("link", name="All open").click()
    expect(page.get_by_role("heading", name="All open")).to_be_visible()
    expect(page.locator("#pane .ticket")).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("heading", name="First")).to_be_visible()
    expect(page.get_by_role("heading", name="Mine")).to_be_visible()
