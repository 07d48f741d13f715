"""An administrator sets the workspace up; somebody without the right sees nothing of it."""

import pytest
from playwright.sync_api import expect

from headway.people.models import Agent, Brand
from headway.simulator import actions as sample
from headway.simulator.models import Run
from headway.simulator.tasks import run as perform_run
from headway.tickets.models import Status
from tests.journeys.conftest import Enter
from tests.journeys.test_access import violations

pytestmark = pytest.mark.browser


def test_an_administrator_sets_a_fresh_workspace_up(enter: Enter, ada: Agent, sam: Agent) -> None:
    page = enter(ada).open("/desk/")
    expect(page.get_by_role("heading", name="First steps")).to_be_visible()
    page.get_by_label("Workspace name").fill("Lumen")
    page.get_by_label("Time zone").fill("Nowhere")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("There is no time zone Nowhere.")).to_be_visible()
    page.get_by_label("Time zone").fill("Europe/Berlin")
    page.get_by_role("button", name="Save").click()
    # a colleague is here already
    expect(page.get_by_text("2 of 8")).to_be_visible()
    page.get_by_role("link", name="Set the hours").click()
    page.get_by_role("link", name="Office hours").click()
    page.get_by_label("Friday").fill("09:00-12:30")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Every running clock is counted anew")).to_be_visible()
    page.get_by_role("link", name="First steps").first.click()
    expect(page.get_by_text("3 of 8")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Dismiss").click()
    expect(page.get_by_text("Gone from the menu.")).to_be_visible()

    agent = enter(sam).open("/desk/")
    expect(agent.get_by_role("heading", name="Mine")).to_be_visible()
    expect(agent.get_by_role("link", name="First steps")).to_have_count(0)


def test_an_administrator_defines_what_the_team_works_with(enter: Enter, ada: Agent, sam: Agent, acme: Brand) -> None:
    page = enter(ada).open("/desk/views/open")
    page.get_by_role("link", name="Settings").click()
    sections = page.get_by_role("navigation", name="Settings")
    sections.get_by_role("link", name="Statuses").click()
    page.get_by_role("link", name="New status").click()
    page.get_by_label("Name").fill("On hold")
    page.get_by_label("Category").select_option("hold")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("This name is taken already.")).to_be_visible()
    expect(page.get_by_label("Category")).to_have_value("hold")
    page.get_by_label("Name").fill("With the bank")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="With the bank is offered now.")).to_be_visible()
    page.get_by_role("button", name="Move With the bank up").click()
    expect(page.get_by_role("button", name="Move With the bank up")).to_be_disabled()
    page.get_by_role("link", name="With the bank").click()
    page.get_by_role("button", name="Archive…").click()
    page.get_by_role("dialog").get_by_role("button", name="Archive").click()
    page.get_by_text("1 archived").click()
    page.get_by_role("button", name="Bring back With the bank").click()
    expect(page.get_by_role("link", name="With the bank")).to_be_visible()
    assert Status.objects.get(name="With the bank").archived_at is None

    sections.get_by_role("link", name="Targets").click()
    page.get_by_label("that comes").fill("2026-11-27T16:50")
    expect(page.locator("#due")).to_contain_text("Mon 30 Nov 2026, 12:50")

    agent = enter(sam).open("/desk/views/open")
    agent.get_by_role("link", name="Settings").click()
    expect(agent.get_by_role("heading", name="People")).to_be_visible()
    expect(agent.get_by_role("link", name="Keys and habits")).to_be_visible()
    expect(agent.get_by_role("link", name="Statuses")).to_have_count(0)


def test_an_administrator_looks_at_sample_data(enter: Enter, ada: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "DAYS", 2)
    page = enter(ada).open("/desk/first-steps")
    page.get_by_role("link", name="Look at sample data").click()
    expect(page.get_by_text("derived from this installation’s master key and stand nowhere")).to_be_visible()
    page.get_by_role("button", name="Fill in sample data…").click()
    page.get_by_role("dialog").get_by_role("button", name="Fill in").click()
    expect(page.get_by_text("Being filled in…")).to_be_visible()
    perform_run(Run.objects.get().pk)
    page.get_by_role("link", name="Open the inbox").click()
    expect(page.locator(".row").first).to_contain_text("Sample")
    page.goto(page.url.split("/desk")[0] + "/desk/sample-data")
    page.get_by_role("button", name="Remove it…").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("Being removed…")).to_be_visible()
    perform_run(Run.objects.latest("pk").pk)
    expect(page.get_by_text("Removed: everything that was sample data is gone.")).to_be_visible()
    assert violations(page) == []
