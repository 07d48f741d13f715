"""How long somebody works on a ticket, by the browser's own clock."""

from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Request, expect

from headway.foundation.clock import frozen, now
from headway.people.models import Agent, Brand, Customer
from headway.tickets.actions.work import work
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask

pytestmark = pytest.mark.browser


def test_the_clock_rests_while_nobody_works(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """Counted while the ticket is used, for a minute after the last touch, and again as a new visit."""
    matter = ask(dana, "Card refused", "Twice.", assignee=sam)
    with frozen(now() - timedelta(hours=1)):
        work(matter, "before", 95_000, actor=sam.actor)
    window = enter(sam)
    page, told = window.page, dict[str, int]()

    def hear(request: Request) -> None:
        if request.url.endswith("/work"):
            given = parse_qs(request.post_data or "")
            told[given["visit"][0]] = int(given["ms"][0])

    page.on("request", hear)
    # it goes on only where the journey says so
    page.clock.install(time=now())
    page.clock.pause_at(now() + timedelta(seconds=1))
    window.open(f"/desk/tickets/{matter.pk}?in=mine")
    mine = page.locator("#active-time")
    expect(mine).to_have_text("1 min")

    page.mouse.move(700, 300)
    page.clock.run_for(40_000)
    expect(mine).to_have_text("2 min")
    page.mouse.move(700, 400)
    page.clock.run_for(20 * 60_000)
    assert [round(ms / 1000) for ms in told.values()] == [pytest.approx(100, abs=2)], (
        "forty seconds, and the minute after"
    )
    page.mouse.move(700, 300)
    page.clock.run_for(35_000)
    assert [round(ms / 1000) for ms in told.values()] == [pytest.approx(100, abs=2), pytest.approx(30, abs=2)]
