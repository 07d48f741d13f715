"""An export comes in from the page and both systems stand side by side, until a team moves over."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from headway.moving.actions import working
from headway.moving.models import Run
from headway.moving.tests.test_uploads import packed
from headway.moving.tests.test_zendesk import of
from headway.people.models import Agent, Brand
from tests.journeys.conftest import Enter
from tests.journeys.test_access import violations

pytestmark = pytest.mark.browser


def test_a_team_reads_here_until_it_moves_over(enter: Enter, tmp_path: Path, ada: Agent, acme: Brand) -> None:
    window = enter(ada)
    page = window.open("/desk/settings/imports")
    page.get_by_role("link", name="Import history").first.click()
    assert violations(page) == []
    (tmp_path / "export.zip").write_bytes(packed(tmp_path / "export"))
    page.get_by_label("The export").set_input_files(tmp_path / "export.zip")
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.get_by_text("Looking at what would come")).to_be_visible()
    run = Run.objects.get()
    working.check(run.pk)
    expect(page.get_by_role("button", name="Start the import")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Start the import").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    assert violations(page) == []
    Agent.objects.filter(pk=ada.pk).update(role="viewer")  # the page looks once a second, and is refused
    expect(page.locator(".toast", has_text="Your role does not allow this")).to_be_visible()
    page.wait_for_timeout(1300)
    expect(page.locator(".toast")).to_have_count(1)
    window.faults.clear()  # the refusal
    Agent.objects.filter(pk=ada.pk).update(role=ada.role)
    page.reload()
    working.bring(run.pk)
    expect(page.get_by_text("Whole: everything")).to_be_visible()

    window.open("/desk/settings/imports")
    page.get_by_role("button", name="Answer there: Billing").click()
    expect(page.get_by_text("These tickets are answered there now")).to_be_visible()

    window.open(f"/desk/tickets/{of(2).pk}")
    expect(page.get_by_text("Answered in Zendesk as #2.")).to_be_visible()
    assert page.get_by_role("link", name="Open it there").get_attribute("href") == of(2).origin.url
    expect(page.locator("#composer")).to_have_count(0)
    assert violations(page) == []

    window.open("/desk/settings/imports")
    page.get_by_role("button", name="Move over: Billing").click()
    expect(page.get_by_text("These tickets are answered here now.")).to_be_visible()
    page.get_by_role("table", name="Imports").get_by_role("link").first.click()
    expect(page.get_by_text("The file is not in the export.")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Show each of them").click()
    expect(page.get_by_role("cell", name="attachments.csv")).to_have_count(0)
    assert violations(page) == []

    window.open(f"/desk/tickets/{of(2).pk}")
    expect(page.locator("#composer")).to_be_visible()
