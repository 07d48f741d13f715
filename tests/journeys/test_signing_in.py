"""Coming in and leaving."""

import re

import pytest
from playwright.sync_api import expect

from headway.people.models import Agent, Brand, Customer
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask

pytestmark = pytest.mark.browser


def test_sign_in_leads_where_one_wanted_to_go_and_out_leaves_nothing(
    enter: Enter, sam: Agent, dana: Customer, acme: Brand
) -> None:
    """The ticket asked for opens after signing in; a draft is gone from the browser after signing out."""
    sam.set_password("a long enough passphrase")
    sam.save()
    matter = ask(dana, "Card payment declined", "Twice.", assignee=sam)
    window = enter()
    page = window.open(f"/desk/tickets/{matter.pk}")
    expect(page).to_have_url(re.compile("/sign-in"))
    page.get_by_label("Email address").fill("sam@desk.example")
    page.get_by_label("Password").fill("not the right one")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Password").fill("a long enough passphrase")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Card payment declined")).to_be_visible()

    page.get_by_role("textbox", name="Write to the customer…").fill("Half a thought")
    page.get_by_role("button", name="Sam", exact=True).click()
    page.get_by_role("menuitemradio", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('headway-draft')).length") == 0
