"""The audit's report in a browser: readable by everybody, at a desk and on a phone, and on paper."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from headway.insight.audit import run
from headway.insight.findings.features import Money
from headway.insight.result import Wanted
from headway.insight.tests import export
from headway.web.reports.audit import page as report
from tests.journeys.conftest import Driver
from tests.journeys.test_access import violations

pytestmark = pytest.mark.browser


def test_a_leader_reads_the_report(driver: Driver, tmp_path: Path) -> None:
    history = export.write(tmp_path / "history.csv")
    result = run([history], Wanted(money=Money(3000, None, "EUR")), lambda _part, _done: None)
    path = tmp_path / "report.html"
    path.write_text(report(result), encoding="utf-8")
    with driver.at_work():
        _look(driver.browser(), path, result.front.headline)


def _look(browser: Browser, path: Path, headline: str) -> None:
    for width, look in ((1440, "light"), (390, "dark")):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=look)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(path.as_uri())
        expect(page.get_by_role("heading", level=1)).to_have_text(headline)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.get_by_role("link", name="Hand-offs and ping-pong").click()
        expect(page.get_by_role("heading", name="Hand-offs and ping-pong")).to_be_in_viewport()
        page.get_by_text("How it is counted").first.click()
        assert violations(page) == []
        context.close()
