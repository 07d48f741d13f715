"""Away by hand, and by not being there."""

import pytest
from playwright.sync_api import expect

from headway.people.models import Agent
from tests.journeys.conftest import Enter
from tests.journeys.test_access import violations

pytestmark = pytest.mark.browser


def test_away_by_hand_and_by_idleness(enter: Enter, sam: Agent) -> None:
    """Said and taken back in one's menu; then nobody touches the desk, and a key brings its person back."""
    window = enter(sam)
    window.page.clock.install()
    page = window.open("/desk/habits")
    page.get_by_role("button", name="Sam").click()
    expect(page.get_by_role("menuitem", name="For an hour")).to_be_visible()
    assert violations(page) == []
    with page.expect_response(lambda answer: answer.url.endswith("/desk/away")):
        page.get_by_role("menuitem", name="Until I come back").click()
    sam.refresh_from_db()
    assert (sam.is_away, sam.away_idle) == (True, False)
    expect(page.locator("#me-away")).to_have_attribute("data-away", "yes")
    page.get_by_role("button", name="Sam").click()
    expect(page.get_by_role("menuitem", name="I am back")).to_be_visible()
    with page.expect_response(lambda answer: answer.url.endswith("/desk/away")):
        page.get_by_role("menuitem", name="I am back").click()
    sam.refresh_from_db()
    assert not sam.is_away
    # a quarter of an hour in which nobody touches anything
    with page.expect_response(lambda answer: answer.url.endswith("/desk/away")):
        page.clock.fast_forward("16:00")
    sam.refresh_from_db()
    assert (sam.is_away, sam.away_idle) == (True, True)
    with page.expect_response(lambda answer: answer.url.endswith("/desk/away?idle=1")):
        page.keyboard.press("Shift")
    sam.refresh_from_db()
    assert not sam.is_away
