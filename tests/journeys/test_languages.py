"""A desk in another language, by another clock."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from headway.foundation.clock import now
from headway.people.models import Agent, Brand, Customer
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask

pytestmark = pytest.mark.browser


def test_a_colleague_who_reads_german_in_lima(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """They choose the language; the server and the page's script then say the same, by the browser's clock."""
    at = now() - timedelta(hours=30)
    ticket = ask(dana, "Card refused", "Please.", at=at)
    page = enter(sam, locale="de-DE", timezone_id="America/Lima").open("/desk/account")
    page.get_by_label("Language").select_option(label="Deutsch")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("Gespeichert.", exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "de")

    page.goto(page.url.replace("account", f"tickets/{ticket.pk}?in=open"))
    expect(page.get_by_role("button", name="Status: Neu")).to_be_visible()
    row, message = page.locator("#rows time").first, page.locator(".message time").first
    expect(row).to_have_text("1 T")
    there = at.astimezone(ZoneInfo("America/Lima"))
    expect(message).to_contain_text(f"{there:%H:%M}")
    drawn = page.evaluate("async () => (await (await fetch(location.href)).text())")
    assert ">1 T</time>" in drawn
    assert f", {there:%H:%M}</time>" in drawn
