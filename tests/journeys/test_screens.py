"""Pictures of every screen, to be looked at: bin/test --screens writes them into screens/."""

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page

from headway.foundation.clock import now
from headway.insight import tasks
from headway.insight.models import Audit
from headway.intake.queries import quarantined
from headway.intake.tests.letters import letter, message_of
from headway.moving.actions import working
from headway.moving.models import Run
from headway.moving.tests.test_delimited import TICKETS
from headway.people.models import Agent, Brand, Customer, Team
from headway.simulator import load as samples
from headway.simulator.plan import Plan
from tests.journeys import channels
from tests.journeys.conftest import Enter
from tests.journeys.workspace import fill

pytestmark = [pytest.mark.screens, pytest.mark.browser]

FOLDER = Path(__file__).resolve().parents[2] / "screens"
SIZES = {"wide": (1440, 900), "middle": (1024, 768), "phone": (390, 844)}
LOOKS = ("light", "dark")


def _picture(page: Page, name: str, size: str, look: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}-{size}-{look}.png")


@pytest.fixture(params=[(size, look) for size in SIZES for look in LOOKS], ids=lambda each: f"{each[0]}-{each[1]}")
def frame(request: pytest.FixtureRequest) -> tuple[str, str]:
    """A window's size and look."""
    FOLDER.mkdir(exist_ok=True)
    size, look = request.param
    return size, look


def _open(enter: Enter, person: Agent | None, frame: tuple[str, str]) -> tuple[Page, str]:
    width, height = SIZES[frame[0]]
    phone = frame[0] == "phone"
    window = enter(person, width=width, height=height, color_scheme=frame[1], is_mobile=phone, has_touch=phone)
    return window.page, window.site


def test_filled(
    enter: Enter, frame: tuple[str, str], ada: Agent, sam: Agent, mia: Agent, specialists: Team, dana: Customer,
    acme: Brand,
) -> None:  # fmt: skip
    """A usual day and what overflows."""
    shown = fill(ada, sam, mia, specialists, dana, acme)
    page, site = _open(enter, sam, frame)
    ways = {
        "inbox": "/desk/views/open", "mine": "/desk/views/mine", "search": "/desk/views/all?q=card",
        "filtered": "/desk/views/open?tag=billing&priority=4", "spam": "/desk/views/spam",
        "ticket": f"/desk/tickets/{shown.typical.pk}?in=open",
        "overflowing": f"/desk/tickets/{shown.overflowing.pk}?in=mine",
        "mail": f"/desk/tickets/{shown.mail.pk}?in=open", "arabic": f"/desk/tickets/{shown.arabic.pk}?in=open",
        "suspected": f"/desk/tickets/{shown.spam.pk}?in=spam", "people": "/desk/people", "tokens": "/desk/tokens",
        "mentions": "/desk/views/mentions", "notifications": "/desk/notifications",
        "hearing": "/desk/notifications/choices",
        "nothing-found": "/desk/views/open?q=card+refused+tag:vip", "sorted": "/desk/views/open?order=due",
        "habits": "/desk/habits", "macros": "/desk/macros",
        "outbox": "/desk/outbox", "account": "/desk/account", "customers": "/desk/customers",
        "customer": f"/desk/customers/{dana.pk}", "organisations": "/desk/organisations",
        "organisation": f"/desk/organisations/{dana.organisation_id}", "signature": "/desk/signature",
    }  # fmt: skip
    for name, way in ways.items():
        page.goto(site + way)
        _picture(page, name, *frame)
    page.goto(f"{site}/desk/tickets/{shown.typical.pk}?in=open")
    for key, name in (("a", "assigning"), ("s", "snoozing"), (".", "more"), ("?", "keys")):
        page.keyboard.press(key)
        page.wait_for_timeout(250)
        _picture(page, name, *frame)
        page.keyboard.press("Escape")
    for item, name in (("Split messages off…", "splitting"), ("Link to another ticket…", "linking")):
        page.get_by_role("button", name="More", exact=True).click()
        page.get_by_role("menuitem", name=item).click()
        page.wait_for_selector("#modal dialog")
        _picture(page, name, *frame)
        page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type("card")
    page.locator("#palette [role=option]").first.wait_for()
    _picture(page, "palette", *frame)
    page.keyboard.press("Escape")
    for key, name in (("o", "alone"), ("i", "panel")):
        page.keyboard.press(key)
        page.wait_for_timeout(250)
        _picture(page, name, *frame)
        page.keyboard.press(key)
    page.keyboard.press("n")
    page.keyboard.type("Only the team reads this.")
    _picture(page, "noting", *frame)
    page.goto(f"{site}/desk/views/open")
    if frame[0] == "phone":
        page.get_by_role("button", name="Views").click()
        _picture(page, "views", *frame)
    page.locator("[popovertarget=m-me]").click()
    _picture(page, "away", *frame)


def test_conversations(
    enter: Enter, frame: tuple[str, str], ada: Agent, sam: Agent, mia: Agent, specialists: Team, dana: Customer,
    acme: Brand,
) -> None:  # fmt: skip
    """What a conversation holds beside its words: files looked at, what is folded, everything that happened."""
    shown = fill(ada, sam, mia, specialists, dana, acme)
    page, site = _open(enter, sam, frame)
    page.goto(f"{site}/desk/tickets/{shown.folded.pk}?in=open")
    _picture(page, "folded", *frame)
    page.locator("[data-show-all]").scroll_into_view_if_needed()
    _picture(page, "cut", *frame)
    for name in ("screen.png", "sums.csv", "page.pdf"):
        page.get_by_role("button", name=f"Look at {name}").click()
        page.wait_for_selector("#lightbox[open]")
        _picture(page, f"looking-at-{name.partition('.')[2]}", *frame)
        page.keyboard.press("Escape")
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitemcheckbox", name="Show everything that happened").click()
    page.get_by_role("button", name="earlier messages").scroll_into_view_if_needed()
    _picture(page, "everything", *frame)
    # as browsers without a viewer of their own say it
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'pdfViewerEnabled', { get: () => false })")
    page.reload()
    page.get_by_role("button", name="Look at page.pdf").click()
    page.locator(".lightbox-outside").wait_for()
    _picture(page, "looking-at-pdf-elsewhere", *frame)


def test_administration(
    enter: Enter, frame: tuple[str, str], ada: Agent, sam: Agent, mia: Agent, specialists: Team, dana: Customer,
    acme: Brand,
) -> None:  # fmt: skip
    """What administrators see more."""
    fill(ada, sam, mia, specialists, dana, acme)
    page, site = _open(enter, ada, frame)
    ways = {
        "administration": "/desk/people", "queue": f"/desk/queue?agent={sam.pk}",
        "privacy": "/desk/privacy", "privacy-of-one": f"/desk/customers/{dana.pk}/privacy", "holds": "/desk/holds",
        "retention": "/desk/retention", "duplicates": "/desk/customers/duplicates",
        "settings": "/desk/settings", "audit-log": "/desk/audit-log",
        "support-audit": "/desk/support-audit", "settings-audit": "/desk/settings/audit",
        "statuses": "/desk/settings/statuses",
        "hours": "/desk/settings/calendars", "targets": "/desk/settings/targets", "tags": "/desk/settings/tags",
        "brands": "/desk/settings/brands", "brand": f"/desk/settings/brands/{acme.pk}", "teams": "/desk/settings/teams",
        "team": f"/desk/settings/teams/{specialists.pk}", "types": "/desk/settings/types",
        "first-steps": "/desk/first-steps", "sample-data": "/desk/sample-data",
        "senders": "/desk/settings/senders", "imports": "/desk/settings/imports",
        "dead-letters": "/desk/dead-letters", "hold": "/desk/settings/hold",
    }  # fmt: skip
    for name, way in ways.items():
        page.goto(site + way)
        _picture(page, name, *frame)
    page.goto(f"{site}/desk/people")
    page.get_by_role("button", name="Invite somebody").click()
    _picture(page, "inviting", *frame)


def test_audit(
    enter: Enter, frame: tuple[str, str], leo: Agent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The support audit, counting and counted."""
    monkeypatch.setattr(settings.HEADWAY, "lake", str(tmp_path / "lake"))
    samples.fill(Plan(end=now(), days=40, tickets_per_day=4, agents=4, seed=3))
    tasks.follow_journal()
    page, site = _open(enter, leo, frame)
    page.goto(f"{site}/desk/support-audit")
    _picture(page, "audit-counting", *frame)
    tasks.answer(Audit.objects.get().pk)
    page.goto(f"{site}/desk/support-audit")
    page.get_by_role("heading", name="What to do first").wait_for()
    _picture(page, "audit-counted", *frame)
    for finding in ("lifecycle", "handle_time", "questions", "roadmap"):
        page.locator(f"#{finding}").evaluate("(one) => one.scrollIntoView()")
        _picture(page, f"audit-{finding}", *frame)


def test_importing(enter: Enter, frame: tuple[str, str], ada: Agent, acme: Brand, tmp_path: Path) -> None:
    """A table on its way in: its columns said, looked at, started, told of."""
    page, site = _open(enter, ada, frame)
    page.goto(f"{site}/desk/settings/imports/new")
    _picture(page, "import-new", *frame)
    export = tmp_path / "tickets.csv"
    export.write_text(TICKETS.replace("Ticket ID", "Nr").replace("Created", "Datum"), encoding="utf-8")
    page.get_by_label("The export").set_input_files(export)
    page.get_by_role("button", name="Upload", exact=True).click()
    page.get_by_text("Looking at what would come").wait_for()
    _picture(page, "import-looking", *frame)
    run = Run.objects.get()
    working.check(run.pk)
    page.get_by_label("What Nr holds").select_option("ticket")
    page.get_by_label("What Datum holds").select_option("created_at")
    _picture(page, "import-columns", *frame)
    page.get_by_role("button", name="Look again").click()
    page.get_by_text("Looking at what would come").wait_for()
    working.check(run.pk)
    page.get_by_role("button", name="Start the import").wait_for()
    _picture(page, "import-dry-run", *frame)
    page.get_by_role("button", name="Start the import").click()
    page.get_by_role("button", name="Stop").wait_for()
    _picture(page, "import-running", *frame)
    working.bring(run.pk)
    page.get_by_text("Whole: everything").wait_for()
    _picture(page, "import-report", *frame)


def test_channels(
    enter: Enter, frame: tuple[str, str], ada: Agent, sam: Agent, mia: Agent, specialists: Team, dana: Customer,
    acme: Brand,
) -> None:  # fmt: skip
    """Mailboxes, quarantine, suppressed addresses, the path of a mail; and the banner that says what is down."""
    shown = fill(ada, sam, mia, specialists, dana, acme)
    boxes = channels.fill(ada, acme, dana)
    held = message_of(letter("Let me in.", "Authentication-Results: mx.acme.example; dmarc=fail"))
    page, site = _open(enter, ada, frame)
    mail = quarantined().rows[0].id
    ways = {
        "channels": "/desk/mailboxes", "mailbox": f"/desk/mailboxes/{boxes['failing'].pk}",
        "connecting": "/desk/mailboxes/new", "connecting-known": "/desk/mailboxes/new?address=help@web.de",
        "connecting-google": "/desk/mailboxes/new?address=help@gmail.com",
        "connecting-nothing": "/desk/mailboxes/new?address=help@nowhere.invalid",
        "provider": "/desk/providers/microsoft", "quarantine": "/desk/quarantine",
        "quarantine-again": "/desk/quarantine?show=again", "quarantined": f"/desk/quarantine/{mail}",
        "suppressions": "/desk/suppressions", "down": "/desk/views/open",
        "down-ticket": f"/desk/tickets/{shown.typical.pk}?in=open",
    }  # fmt: skip
    for name, way in ways.items():
        page.goto(site + way)
        _picture(page, name, *frame)
    page.goto(f"{site}/desk/tickets/{held.ticket_id}")
    page.locator("[data-path]").first.click()
    page.wait_for_selector("#d-path")
    _picture(page, "path", *frame)


def test_empty(enter: Enter, frame: tuple[str, str], sam: Agent) -> None:
    """A workspace without a single ticket."""
    page, site = _open(enter, sam, frame)
    for name in ("mine", "unassigned", "all", "spam"):
        page.goto(f"{site}/desk/views/{name}")
        _picture(page, f"empty-{name}", *frame)
    page.goto(f"{site}/desk/outbox")
    _picture(page, "empty-outbox", *frame)
    page.goto(f"{site}/desk/suppressions")
    _picture(page, "empty-suppressions", *frame)
    page.goto(f"{site}/desk/tickets/999")
    _picture(page, "error-404", *frame)
    page.goto(f"{site}/desk/dead-letters")
    _picture(page, "error-403", *frame)


def test_beginning(enter: Enter, frame: tuple[str, str], ada: Agent) -> None:
    """An installation that nobody has written to yet, as its administrator meets it."""
    page, site = _open(enter, ada, frame)
    ways = {
        "first-run": "/desk/", "first-steps": "/desk/first-steps", "mailboxes": "/desk/mailboxes",
        "quarantine": "/desk/quarantine", "queue": "/desk/queue", "customers": "/desk/customers",
        "support-audit": "/desk/support-audit", "teams": "/desk/settings/teams", "audit-log": "/desk/audit-log",
    }  # fmt: skip
    for name, way in ways.items():
        page.goto(site + way)
        _picture(page, f"empty-{name}", *frame)


def test_failing(enter: Enter, frame: tuple[str, str], sam: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page for what we did wrong."""

    def fails(*_given: object, **_named: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("headway.web.desk.outbox.render", fails)
    width, height = SIZES[frame[0]]
    window = enter(sam, width=width, height=height, color_scheme=frame[1])
    window.open("/desk/outbox")
    _picture(window.page, "error-500", *frame)
    window.faults.clear()


def test_signed_out(enter: Enter, frame: tuple[str, str]) -> None:
    """Before anybody is known."""
    page, site = _open(enter, None, frame)
    for name, way in {"sign-in": "/sign-in", "forgotten": "/password-reset"}.items():
        page.goto(site + way)
        _picture(page, name, *frame)
