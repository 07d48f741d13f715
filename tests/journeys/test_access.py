"""Every screen for everybody: no violation that axe knows, in light and in dark."""

from importlib.resources import files

import pytest
from playwright.sync_api import Page, expect

from headway.people.models import Agent, Brand, Customer, Team
from tests.journeys import channels
from tests.journeys.conftest import Enter
from tests.journeys.workspace import fill

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
    # what is in a frame is a mail, which is its sender's; axe would wait for an answer from there
    "iframes": False,
}
# What lies over the page.
OPEN = ":popover-open, dialog[open]"
# What was found alone: what is in order is not carried over.
LOOK = """
async ([within, rules]) => {
  const modal = [...document.querySelectorAll("dialog:modal")].at(-1);
  const context = within ? { include: [[within]] } : (modal ?? document);
  return (await axe.run(context, rules)).violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 2).map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
}
"""
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, within: str = "") -> list[str]:
    """What axe finds on the page as it stands, or in that part of it which `within` selects.

    Below a modal dialog nobody can go: where one is open and nothing is selected, it alone is looked at.
    """
    # given to the browser by its driver: our pages' policy lets no foreign script in
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return [f"{page.url}: {found}" for found in page.evaluate(LOOK, [within, RULES])]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_inbox_shuts_nobody_out(
    look: str, enter: Enter, ada: Agent, sam: Agent, mia: Agent, specialists: Team, dana: Customer, acme: Brand
) -> None:
    """The list, a ticket that has everything, suspected spam, nothing found."""
    shown = fill(ada, sam, mia, specialists, dana, acme)
    window = enter(sam, color_scheme=look)
    found = []
    for way in (
        "/desk/views/open?tag=billing", "/desk/views/unassigned?q=nothingatall",
        f"/desk/tickets/{shown.typical.pk}?in=mine", f"/desk/tickets/{shown.spam.pk}?in=spam",
    ):  # fmt: skip
        found += violations(window.open(way))
    assert found == []


@pytest.mark.timeout(300)
def test_menus_and_dialogs_shut_nobody_out(
    enter: Enter, ada: Agent, sam: Agent, mia: Agent, specialists: Team, dana: Customer, acme: Brand
) -> None:
    """Each open, one after the other; the page under them once."""
    shown = fill(ada, sam, mia, specialists, dana, acme)
    page = enter(sam).open(f"/desk/tickets/{shown.typical.pk}?in=spam")
    found = []
    for key in ("a", "d", "s", "t", ".", "l", "f", "?"):
        page.keyboard.press(key)
        page.locator(OPEN).wait_for()
        # what it fetches is there
        expect(page.locator(OPEN).locator(".skeleton")).to_have_count(0)
        found += violations(page, OPEN)
        if key == "a":
            found += violations(page)
        page.keyboard.press("Escape")
        expect(page.locator(OPEN)).to_have_count(0)
    assert found == []


@pytest.mark.timeout(300)
def test_who_is_not_known_is_not_shut_out(enter: Enter, sam: Agent, acme: Brand) -> None:
    """Before sign-in; and what is not there."""
    found = violations(enter().open("/sign-in")) + violations(enter().open("/password-reset"))
    assert found + violations(enter(sam).open("/desk/tickets/9")) == []


@pytest.mark.timeout(300)
def test_channels_in_every_state_shut_nobody_out(enter: Enter, ada: Agent, acme: Brand, dana: Customer) -> None:
    """What the addresses alone do not show: other kinds of mailboxes, a test that goes on, an open dialog."""
    boxes = channels.fill(ada, acme, dana)
    window = enter(ada)
    window.page.set_default_timeout(30_000)
    found = []
    for way in (
        f"mailboxes/{boxes['works'].pk}/test", "mailboxes/new?address=help@gmail.com",
        "mailboxes/new?address=help@web.de", "quarantine?show=again", "suppressions",
    ):  # fmt: skip
        found += violations(window.open(f"/desk/{way}"))
    window.page.get_by_role("button", name="Write to it again").first.click()
    window.page.get_by_role("dialog").wait_for()
    found += violations(window.page)
    assert found == []
