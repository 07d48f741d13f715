"""What help desks tell beside their tickets: how these belong together, what fields are, who did what when."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from headway.events.models import Entry
from headway.foundation.clock import now
from headway.insight.sources.tests import freshdesk, storage
from headway.insight.sources.tests.desks import Answer, Asked, Desk, fine, serving
from headway.insight.sources.tests.freshdesk import Freshdesk
from headway.insight.sources.tests.help_scout import HelpScout
from headway.insight.sources.tests.intercom import Intercom
from headway.insight.sources.tests.zammad import Zammad
from headway.moving.queries.runs import is_whole
from headway.moving.tests.test_others import fetched
from headway.tickets.models import Field, Link, Origin, Ticket

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HEADWAY_SOURCE_TOKEN", "sesame")
    monkeypatch.chdir(tmp_path)


def fields() -> dict[str, tuple[str, list[str]]]:
    return {field.label: (field.kind, field.options) for field in Field.objects.all()}


def links() -> set[tuple[str, str, str]]:
    numbers = dict(Origin.objects.values_list("ticket_id", "number"))
    return {(numbers[one.ticket_id], one.kind, numbers[one.other_id]) for one in Link.objects.all()}


def of(number: str) -> Ticket:
    return Origin.objects.get(number=number).ticket


def test_freshdesk_tells_fields_and_links() -> None:
    desk_ = Freshdesk()
    known = {"cf_plan": "Gold", "cf_seats": 12, "cf_country": "Chile", "cf_region": "Atacama", "cf_new": "x"}
    desk_.tickets[0] |= {"custom_fields": known}
    for number, kind, others in ((1, 1, [2]), (2, 2, [1]), (3, 3, [4, 1]), (4, 4, [3])):
        desk_.tickets[number - 1] |= {"association_type": kind, "associated_tickets_list": others}
    with serving(desk_) as desk:
        run = fetched("freshdesk", desk)
        assert is_whole(run), run.counts
        assert fields() == {
            "Plan": ("choice", ["Gold", "Free"]),
            "Seats": ("number", []),
            "Country": ("choice", ["Chile", "Peru"]),
            "Region": ("text", []),
            "New": ("text", []),
        }
        assert of("1").fields == {"plan": "Gold", "seats": 12, "country": "Chile", "region": "Atacama", "new": "x"}
        assert links() == {("2", "related", "1"), ("4", "incident", "3"), ("1", "incident", "3")}
        assert fetched("freshdesk", desk).counts["link"]["new"] == 0


def test_others_tell_fields_and_links(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(Intercom()) as desk:
        assert is_whole(fetched("intercom", desk))
    assert fields() == {"Issue": ("choice", ["Refund", "Other"]), "Seats": ("number", [])}
    assert of("1").fields == {"issue": "Refund", "seats": 12}
    assert links() == {("1", "related", "2"), ("2", "related", "3")}
    monkeypatch.setenv("HEADWAY_SOURCE_TOKEN", "app:sesame")
    with serving(HelpScout()) as desk:
        assert is_whole(fetched("helpscout", desk))
    assert fields()["Plan"] == ("choice", ["Gold", "Free"])
    assert of("4501").fields == {"plan": "Gold", "seats": 12}
    monkeypatch.setenv("HEADWAY_SOURCE_TOKEN", "sesame")
    with serving(Zammad()) as desk:
        assert is_whole(fetched("zammad", desk))
    assert ("45001", "related", "45002") in links()


def update(at: str, done: dict[str, Any], by: int = 7, **more: Any) -> dict[str, Any]:
    known = {"performed_at": f"01-03-2026 {at} +0000", "ticket_id": 1, "performer_type": "user", "performer_id": by}
    return {**known, "activity": done, **more}


ACTIVITIES = [
    update("09:00:00", {"status": "Open", "priority": 2, "source": 1, "requester": 100}, by=100),
    update("09:10:00", {"agent_id": 7, "group": "Billing"}),
    update("09:40:00", {"note": {"id": 11, "type": 4}}),
    update("09:41:00", {"status": "Waiting on Customer"}),
    update("10:00:00", {"priority": 4}, performer_type="system"),
    update("11:00:00", {"status": "Resolved"}),
]


@pytest.fixture
def exported() -> list[dict[str, Any]]:
    """What the export holds."""
    return list(ACTIVITIES)


@pytest.fixture
def store(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, exported: list[dict[str, Any]]
) -> Iterator[Desk]:
    def answer(_asked: Asked) -> Answer:
        return fine({"activities_data": exported})

    with storage.storing(monkeypatch, tmp_path_factory.mktemp("keys"), answer) as found:
        yield found


def test_freshdesk_tells_who_did_what(store: Desk) -> None:
    desk_, day = Freshdesk(), str(now().date() - timedelta(days=9))
    desk_.tickets = [freshdesk._ticket(1) | {"priority": 4}]
    desk_.exports = {day: {"export": [{"created_at": day, "url": f"{storage.ADDRESS}/{day}.json?Signature=s"}]}}
    with serving(desk_) as desk:
        run = fetched("freshdesk", desk)
        assert is_whole(run), run.counts
        assert [one.path for one in store.asked] == [f"/{day}.json"]
        asked = len(desk.asked)
        fetched("freshdesk", desk)
        again = [one.line for one in desk.asked[asked:] if "ticket_activities" in one.path]
        assert len(again) <= 2  # of the days that are not there yet
    told = Entry.objects.filter(ticket_id=of("1").pk, source_key__isnull=False).order_by("at", "pk")
    assert [(f"{one.at:%H:%M}", one.kind, one.actor_kind) for one in told if not one.kind.startswith("message")] == [
        ("09:00", "ticket.created", "customer"),
        ("09:00", "ticket.status_changed", "customer"),
        ("09:10", "ticket.assigned", "agent"),
        ("09:10", "ticket.team_changed", "agent"),
        ("09:41", "ticket.status_changed", "agent"),
        ("10:00", "ticket.priority_changed", "automation"),
        ("10:40", "note.written", "agent"),
        ("11:00", "ticket.status_changed", "agent"),
        ("11:00", "ticket.solved", "agent"),
    ]
    team = of("1").team
    assert team is not None
    assert team.name == "Billing"


def test_activities_that_begin_in_the_middle_leave_what_was_before(store: Desk, exported: list[dict[str, Any]]) -> None:
    desk_, day = Freshdesk(), str(now().date() - timedelta(days=9))
    exported[:] = [update("09:00:00", {"status": "Closed"}, performed_at="05-03-2026 09:00:00 +0000")]
    desk_.tickets = [freshdesk._ticket(1) | {"status": 5}]
    desk_.exports = {day: {"export": {"url": f"{storage.ADDRESS}/{day}.json"}}}
    with serving(desk_) as desk:
        assert is_whole(fetched("freshdesk", desk))
    ticket = of("1")
    assert ticket.solved_at is not None
    assert ticket.closed_at is not None
    assert (f"{ticket.solved_at:%d %H:%M}", f"{ticket.closed_at:%d %H:%M}") == ("01 11:00", "05 09:00")
