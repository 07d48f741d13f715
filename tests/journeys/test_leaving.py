"""Nobody leaves a changed form unawares."""

import pytest
from playwright.sync_api import Dialog, expect

from headway.people.models import Agent
from headway.settings import queries as settings
from tests.journeys.conftest import Enter

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
