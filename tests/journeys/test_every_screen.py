"""Every screen for everybody: whatever the permission table lists and the desk answers with is looked at by axe, and
at the width of a phone, so that no screen can be forgotten. What stands beside tickets opens in test_access."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Page

from headway.foundation.clock import now
from headway.intake.hooks import actions as hooks
from headway.intake.queries import quarantined
from headway.moving.models import Run
from headway.people.models import Agent, Brand, Customer, Organisation, Team
from headway.privacy.models import Erasure, Rule
from headway.sla.models import Calendar
from headway.tickets import actions
from headway.tickets.actions import Recipe, Words
from headway.tickets.actions.views import Filters
from headway.tickets.actions.views import save as save_view
from headway.tickets.models import Field, Message, Note, Status, Tag, TicketType
from tests import permission_table as table
from tests.journeys import channels
from tests.journeys.conftest import Enter, Window
from tests.journeys.test_access import violations
from tests.journeys.thumbs import cramped
from tests.journeys.workspace import fill

pytestmark = pytest.mark.browser

# A mail in its frame is its sender's; the page of every component is for development.
NOT_OURS = ("/desk/messages/{message_id}/page", "/desk/style")
# The walk is long: it is done in parts, each by whichever worker is free.
PARTS = 4
# What is wrong on a page, or in the part of it that a selector names.
Look = Callable[[Page, str], list[str]]
SHOW = """
address => htmx.ajax("GET", address, { target: "#modal", swap: "innerHTML" })
"""


@pytest.fixture
def names(ada: Agent, sam: Agent, mia: Agent, specialists: Team, dana: Customer, acme: Brand) -> dict[str, object]:
    """What stands for each name in the table's addresses."""
    shown = fill(ada, sam, mia, specialists, dana, acme)
    boxes = channels.fill(ada, acme, dana)
    hooks.add("postmark", "Postmark", actor=ada.actor)
    view = save_view(
        "Important", Filters(base="open", narrowing={"tag": "vip"}), audience="own", agent=ada, actor=ada.actor
    )
    macro = actions.save_macro(recipe=Recipe(name="Thanks", text="Thank you."), actor=ada.actor)
    message = Message.objects.filter(ticket=shown.typical).order_by("pk")[0]
    asked = actions.start_side(
        shown.typical, ["li@supplier.example"], "Order 7", Words(text="Where is it?"), actor=sam.actor
    )
    erasure = Erasure.objects.create(customer=dana, asked_at=now())
    return {
        "number": shown.typical.pk, "message_id": message.pk, "note_id": Note.objects.order_by("pk")[0].pk,
        "file_id": 1, "view_id": view.pk, "macro_id": macro.pk, "mailbox_id": boxes["failing"].pk,
        "mail_id": quarantined().rows[0].id, "customer_id": dana.pk, "agent_id": sam.pk,
        "organisation_id": Organisation.objects.get().pk, "scheduled_id": 1,
        "brand_id": acme.pk, "team_id": specialists.pk, "calendar_id": Calendar.objects.order_by("pk")[0].pk,
        "field_id": Field.objects.order_by("pk")[0].pk, "status_id": Status.objects.order_by("pk")[0].pk,
        "item_id": actions.add_items(shown.typical, ["Ask the bank"], actor=sam.actor)[0].pk,
        "side_id": asked.side_id, "erasure_id": erasure.pk, "export_id": 1,
        "import_id": Run.objects.create(source="csv", system="csv", started_at=now()).pk,
        "rule_id": Rule.objects.create(name="Old", days=365).pk,
        "tag_id": Tag.objects.order_by("pk")[0].pk, "type_id": TicketType.objects.order_by("pk")[0].pk,
    }  # fmt: skip


def _addresses(names: dict[str, object]) -> Iterator[str]:
    """Every address of the desk that is read. Raises KeyError for a name that nothing stands for."""
    for line in f"{table.SIGNING_IN}{table.DESK}".splitlines():
        method, path, *_rest = [*line.split(), "", ""][:3]
        if method == "GET" and path.startswith("/desk/") and path not in NOT_OURS:
            named = {**names, "name": "microsoft" if "providers" in path else "open"}
            yield re.sub(r"\{(\w+)\}", lambda found: str(named[found[1]]), path)  # noqa: B023 (used at once)


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("look", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_no_screen_shuts_anybody_out(look: str, part: int, enter: Enter, ada: Agent, names: dict[str, object]) -> None:
    """Screens as they open; dialogs over the page that they belong to."""
    window = enter(ada, color_scheme=look)
    assert _looked_at(window, ada, names, part, violations) == []


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_every_screen_fits_a_phone(part: int, enter: Enter, ada: Agent, names: dict[str, object]) -> None:
    """At 390 px nothing is cut off at the side, and what is tapped is large enough for a thumb."""
    window = enter(ada, width=390, height=844, is_mobile=True, has_touch=True)
    assert _looked_at(window, ada, names, part, lambda page, _within: cramped(page)) == []


def _looked_at(window: Window, person: Agent, names: dict[str, object], part: int, look: Look) -> list[str]:
    """What `look` finds on this part's screens as they open, and in its dialogs over the page that they belong to."""
    # every PARTS-th: neighbours are alike, and so are the parts; together they are all
    screens, dialogs = _screens_and_dialogs(person, list(_addresses(names))[part::PARTS])
    window.page.set_default_timeout(30_000)
    found: list[str] = []
    for address in screens:
        found += look(window.open(address), "")
    # an answer about a ticket is drawn where that ticket is open
    window.open(f"/desk/tickets/{names['number']}?in=open")
    for number, address in enumerate(dialogs):
        window.page.evaluate(SHOW, address)
        window.page.locator("#modal dialog").wait_for()
        # with the page under it once, which is the same for all
        found += [f"{address}: {each}" for each in look(window.page, "" if number else "html")]
        window.page.evaluate("document.querySelector('#modal dialog').close()")
    return found


def _screens_and_dialogs(person: Agent, addresses: list[str]) -> tuple[list[str], list[str]]:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    screens, dialogs = [], []
    for address in addresses:
        answer = client.get(address)
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code != 200 or not kind.startswith("text/html"):
            answer.close()
            continue
        content = answer.content.decode()
        if "<html" in content:
            screens.append(address)
        elif "<dialog" in content:
            dialogs.append(address)
    assert len(screens) > 25 // PARTS
    assert len(dialogs) > 10 // PARTS
    return screens, dialogs
