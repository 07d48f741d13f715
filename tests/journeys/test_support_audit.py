"""A lead opens the audit, waits for it, and follows it to a ticket."""

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from headway.foundation.clock import now
from headway.insight import tasks
from headway.insight.models import Audit
from headway.people.models import Agent
from headway.simulator import load as samples
from headway.simulator.plan import Plan
from tests.journeys.conftest import Enter
from tests.journeys.test_access import violations

pytestmark = pytest.mark.browser


def test_from_the_verdict_to_a_ticket(
    enter: Enter, leo: Agent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is counted while the page waits; then the verdict, a finding with its figures, and a ticket behind it."""
    monkeypatch.setattr(settings.HEADWAY, "lake", str(tmp_path / "lake"))
    samples.fill(Plan(end=now(), days=40, tickets_per_day=3, agents=4, seed=3))
    tasks.follow_journal()
    page = enter(leo).open("/desk/support-audit")
    expect(page.get_by_role("heading", name="Your tickets are being counted")).to_be_visible()
    assert violations(page) == []
    tasks.answer(Audit.objects.get().pk)
    expect(page.get_by_role("heading", name="What to do first")).to_be_visible()
    expect(page.get_by_text("From your tickets up to")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="How long tickets are worked on").click()
    page.locator("#handle_time summary").first.press("Enter")
    expect(page.locator("#handle_time table").first).to_be_visible()
    page.locator("#handle_time .ids a").first.click()
    expect(page.get_by_role("main")).to_contain_text("#")
    assert "/desk/tickets/" in page.url
    page.go_back()
    page.get_by_label("Tickets created in").select_option("Everything")
    page.get_by_role("button", name="Show", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Your tickets are being counted")).to_be_visible()
    assert Audit.objects.count() == 2
