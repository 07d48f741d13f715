"""Nobody leaves a changed form unawares."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Dialog, Page, expect

from headway.people.models import Agent, Brand, Customer
from headway.settings import queries as settings
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask

pytestmark = pytest.mark.browser


def test_a_changed_form_asks_before_it_is_left(enter: Enter, ada: Agent) -> None:
    page = enter(ada).open("/desk/settings")
    asking = page.get_by_role("dialog", name="Leave without saving?")
    teams = page.get_by_role("navigation", name="Settings").get_by_role("link", name="Teams")
    name = page.get_by_label("Workspace name")
    # nothing was changed: nothing is asked
    teams.click()
    expect(page.get_by_role("heading", name="Teams", level=1)).to_be_visible()
    page.go_back()
    name.fill("Lumen")
    teams.click()
    expect(asking).to_be_visible()
    asking.get_by_role("button", name="Stay here").click()
    expect(asking).to_be_hidden()
    expect(name).to_have_value("Lumen")
    # reloading is the browser's own question
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.evaluate("location.reload()")
    expect(name).to_have_value("Lumen")
    assert asked == ["beforeunload"]
    # saved: nothing is asked
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    assert settings.current().name == "Lumen"
    name.fill("Other")
    teams.click()
    asking.get_by_role("button", name="Leave without saving").click()
    expect(page.get_by_role("heading", name="Teams", level=1)).to_be_visible()
    assert settings.current().name == "Lumen"


def test_an_ended_session_takes_nothing_with_it(enter: Enter, ada: Agent, sam: Agent) -> None:
    """Sent after signing out: kept, not sent for somebody else, and sent when its person is back."""
    page = enter(ada).open("/desk/settings")
    name = page.get_by_label("Workspace name")
    name.fill("Lumen")
    # what the page asks for by itself when it opens has been answered: it would find out first
    page.wait_for_load_state("networkidle")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save").click()
    asking = page.get_by_role("dialog", name="You are signed out")
    expect(asking).to_contain_text("What you typed is still here")
    go_on = asking.get_by_role("button", name="Go on")
    go_on.click()
    expect(asking).to_contain_text("You are not signed in yet.")
    sign_in(page, sam)
    go_on.click()
    expect(asking).to_contain_text("Somebody else is signed in here now")
    assert settings.current().name != "Lumen"
    sign_in(page, ada)
    go_on.click()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    assert settings.current().name == "Lumen"


def sign_in(page: Page, person: Agent) -> None:
    """As if in another tab."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    page.context.clear_cookies(name="headway_csrf")
    cookies = [
        {"name": name, "value": one.value, "url": page.url.split("/desk")[0]} for name, one in client.cookies.items()
    ]
    page.context.add_cookies(cookies)  # type: ignore[arg-type]  # playwright's own typed dict


def test_a_refused_form_is_not_saved_and_a_dialog_asks_too(enter: Enter, ada: Agent) -> None:
    page = enter(ada).open("/desk/settings")
    asking = page.get_by_role("dialog", name="Leave without saving?")
    page.get_by_label("Time zone").fill("Nowhere")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[aria-invalid]").first).to_be_visible()
    page.get_by_role("link", name="Customers").click()
    asking.get_by_role("button", name="Leave without saving").click()
    page.get_by_role("link", name="Macros").click()
    page.get_by_role("button", name="New macro").click()
    page.get_by_label("Words for the composer").fill("Thank you for writing.")
    page.keyboard.press("Escape")
    expect(asking).to_be_visible()
    asking.get_by_role("button", name="Stay here").click()
    expect(page.get_by_label("Words for the composer")).to_have_value("Thank you for writing.")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_label("Words for the composer")).to_be_hidden()


def test_a_form_is_not_sent_into_the_void(enter: Enter, ada: Agent) -> None:
    window = enter(ada)
    page = window.page
    page.clock.install()
    window.open("/desk/settings")
    name = page.get_by_label("Workspace name")
    name.fill("Lumen")
    page.context.set_offline(True)
    bar = page.get_by_text("Headway cannot be reached")
    expect(bar).to_be_visible()
    # the page stood open for a while
    page.clock.fast_forward("02:00")
    page.get_by_role("button", name="Save").click()
    expect(bar).to_be_visible()
    expect(name).to_have_value("Lumen")
    page.context.set_offline(False)
    expect(bar).to_be_hidden()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    assert settings.current().name == "Lumen"


def test_the_next_ticket_asks_for_what_is_half_typed(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """What opens by itself takes the place of what stands there, like what is opened by a link."""
    first, second = (ask(dana, subject, "Please.", assignee=sam) for subject in ("First", "Second"))
    page = enter(sam, after="next").open(f"/desk/tickets/{second.pk}")
    asking = page.get_by_role("dialog", name="Leave without saving?")
    item = page.get_by_role("textbox", name="Add to the checklist")
    item.fill("Ask the ba")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    asking.get_by_role("button", name="Stay here").click()
    expect(item).to_have_value("Ask the ba")
    page.locator(f"#row-{first.pk} .row").click()
    asking.get_by_role("button", name="Leave without saving").click()
    expect(page.get_by_role("heading", name="First", exact=True)).to_be_visible()
