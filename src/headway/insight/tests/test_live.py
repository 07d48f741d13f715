"""The audit of a workspace says what the audit of its export says; recorded time stands before estimates."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from headway.events import journal
from headway.events.actor import Actor
from headway.events.models import Entry
from headway.events.vocabulary.tickets import TicketWorked
from headway.foundation.clock import now
from headway.insight import audit, live, tasks
from headway.insight.exported import as_json
from headway.insight.findings.features import Money
from headway.insight.findings.finding import Found
from headway.insight.lake.deriving import Within, derive
from headway.insight.lake.engine import Lake
from headway.insight.queries.opening import load
from headway.insight.queries.samples import FEWEST
from headway.insight.reading.port import Options
from headway.insight.result import Result, Wanted
from headway.insight.rules.entries import STEPS
from headway.insight.rules.narrowing import Narrowing
from headway.people.models import Agent, Customer, Team
from headway.simulator import load as samples
from headway.simulator.plan import Plan
from headway.tickets.actions import set_team
from headway.tickets.models import Message, Tagging, Ticket
from headway.tickets.tests.desk import answers, asks

END = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # always the same history
MONEY = Money(3000, 400, "EUR")
COLUMNS = (
    *("ticket", "at", "activity", "actor_kind", "actor", "assignee", "team", "status"),
    *("customer", "category", "channel", "priority", "subject", "text"),
)
# What the lake calls things, as a person would tell the reader of files.
MEANINGS = {
    **dict.fromkeys(("customer wrote", *STEPS.values()), "step"),
    **dict.fromkeys(("replied", "answered by itself"), "replied"),
    **dict.fromkeys(("taken", "assigned", "unassigned", "moved to a team"), "assigned"),
    **dict.fromkeys(("back to us", "reopened"), "open"),
    "waiting on customer": "waiting",
    "on hold": "hold",
}


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder for each test's lake."""
    monkeypatch.setattr(settings.HEADWAY, "lake", str(tmp_path / "lake"))


def _nothing(_part: str, _done: int) -> None:
    pass


def _live(narrowing: Narrowing | None = None) -> Result:
    found = live.run(
        narrowing or Narrowing(),
        languages=("en", "de"),
        money=MONEY,
        zone="UTC",
        opened=None,
        names=False,
        progress=_nothing,
    )
    assert _figures(found["de"]) == _figures(found["en"])
    assert found["de"].front.headline != found["en"].front.headline
    return found["en"]


def _figures(result: Result) -> dict[str, object]:
    return {key: one.figures for key, (_spec, one) in result.findings.items() if isinstance(one, Found)}


def test_the_lake_and_an_export_of_the_same_tickets_say_the_same(committed_db: str, tmp_path: Path) -> None:
    samples.fill(Plan(end=END, days=32, tickets_per_day=3, agents=4, seed=3, languages=("en",)))
    # a file of events knows no tiers
    Team.objects.update(tier=1)
    tasks.follow_journal()
    path = _exported(tmp_path / "export.csv")
    meanings = {("activity", name): meaning for name, meaning in MEANINGS.items()}
    columns = dict(zip(COLUMNS, COLUMNS, strict=True))
    wanted = Wanted(reading=Options(columns, meanings, "event", "UTC"), money=MONEY)
    from_file = as_json(audit.run([path], wanted, _nothing))
    from_lake = as_json(_live())
    assert from_lake["counted"] == from_file["counted"] > 60
    assert from_lake["period"] == from_file["period"]
    assert from_lake["verdict"]["verdict"] == from_file["verdict"]["verdict"]
    compared = []
    for key, found in from_lake.items():
        other = from_file[key]
        if not isinstance(found, dict) or "figures" not in found or "figures" not in other:
            continue
        compared.append(key)
        assert _numbers(found) == _numbers(other), key
    assert set(compared) >= {
        "leverage", "capacity", "cost", "handle_time", "lifecycle", "time_by_state", "handoffs", "exchanges", "reopens",
        "first_contact", "responses", "backlog", "trends", "questions",
    }  # fmt: skip


def _numbers(found: dict[str, Any]) -> tuple[object, ...]:
    """What a finding counts: its figures, its sample, its tickets, and its tables but for people's numbers."""
    tables = {key: rows for key, rows in found["tables"].items() if key not in {"pairs", "teams", "transfers", "kinds"}}
    return found["figures"], found["sample"], found["says"], tables


def _exported(path: Path) -> Path:
    """An export as another system would write it: an event a row, in its words, with what its tickets say."""
    tickets = {
        ticket.pk: ticket
        for ticket in Ticket.objects.filter(suspected_at__isnull=True, merged_into__isnull=True).select_related("type")
    }
    tags: dict[int, str] = {}
    for tagging in Tagging.objects.select_related("tag").order_by("pk"):
        tags.setdefault(tagging.ticket_id, tagging.tag.name)
    first: dict[int, Message] = {}
    for message in Message.objects.filter(withdrawn_at__isnull=True).order_by("ticket_id", "at", "pk"):
        first.setdefault(message.ticket_id, message)
    kept = {pk for pk, message in first.items() if message.direction == "in" and not message.automatic}
    with Lake(small=True) as lake, path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        load(lake, Narrowing())
        rows = lake.rows(
            "SELECT ticket_id, at_ms, kind, activity, actor_kind, actor_id, assignee_id, team_id, status, length, "
            "courtesy FROM events ORDER BY event_id"
        )
        for ticket_id, at, kind, activity, side, actor, assignee, team, status, length, courtesy in rows:
            if ticket_id not in kept or ticket_id not in tickets:
                continue
            ticket = tickets[ticket_id]
            category = ticket.type.name if ticket.type else tags.get(ticket_id, "")
            opening = kind == "created"
            text = first[ticket_id].text if opening else "Thanks" if courtesy else "x" * (length or 0)
            if kind == "received" and not text:
                text = "x"
            named = f"{side} {actor}" if actor else ""
            customer = f"customer {ticket.customer_id * 8 + 2}" if ticket.customer_id else ""
            writer.writerow(
                (
                    ticket_id, at, activity, side, named, f"agent {assignee}" if assignee else "",
                    f"team {team}" if team else "", status or "", customer,
                    category, ticket.channel, Ticket.Priorities(ticket.priority).name.lower(),
                    ticket.subject if opening else "", text,
                )
            )  # fmt: skip
    return path


def _efforts(lake: Lake) -> dict[str, tuple[int, int]]:
    load(lake, Narrowing())
    derive(lake, Within())
    return {row[0]: (row[1], row[2]) for row in lake.rows("SELECT work, low_ms, high_ms FROM efforts")}


def test_recorded_time_replaces_the_estimate(committed_db: str, sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    answers(sam, ticket, then="solved")
    worked = journal.Draft(
        event=TicketWorked(ticket_id=ticket.pk, active_ms=95_000),
        actor=Actor("agent", sam.pk),
        at=now() + timedelta(seconds=20),
    )
    with transaction.atomic():
        journal.record_many([worked], silent=True)
    tasks.follow_journal()
    with Lake(small=True) as lake:
        efforts = _efforts(lake)
        # the visit's time goes to its first action, and the rest of the visit costs nothing more
        assert sum(low for low, _high in efforts.values()) == 95_000
        assert sum(high for _low, high in efforts.values()) == 95_000
        # reading leaves no step, and nobody changed hands
        assert lake.one("SELECT count(*) FROM steps WHERE kind = 'worked'") == (0,)
        assert lake.one("SELECT count(active_ms) = count(*) FROM actions") == (True,)


def test_time_of_reading_is_added_to_what_was_done_later(committed_db: str, sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    reading = journal.Draft(
        event=TicketWorked(ticket_id=ticket.pk, active_ms=60_000),
        actor=Actor("agent", sam.pk),
        at=now() - timedelta(hours=3),
    )
    with transaction.atomic():
        journal.record_many([reading], silent=True)
    answers(sam, ticket, then="solved")
    tasks.follow_journal()
    with Lake(small=True) as lake:
        assert sum(low for low, _high in _efforts(lake).values()) >= 60_000
        assert lake.one("SELECT sum(read_ms) FROM actions") == (60_000,)


def test_calibration_scales_estimates_and_not_what_was_recorded(committed_db: str, sam: Agent, dana: Customer) -> None:
    for _ in range(3):
        answers(sam, asks(dana), then="solved")
    tasks.follow_journal()
    sums = []
    for percent in (100, 250):
        with Lake(small=True) as lake:
            load(lake, Narrowing())
            derive(lake, Within(), percent)
            sums.append(lake.one("SELECT sum(mid_ms), sum(read_ms) FROM efforts JOIN actions USING (event_id)"))
    assert sums[1][0] == pytest.approx(sums[0][0] * 2.5, abs=20)
    assert Entry.objects.exists()


def test_it_is_narrowed_by_team_channel_and_period(committed_db: str, sam: Agent, dana: Customer) -> None:
    here, there = asks(dana), asks(dana)
    team = Team.objects.get(name="Frontline")
    set_team(Ticket.objects.get(pk=here.pk), team, actor=sam.actor)
    tasks.follow_journal()

    def tickets(**wanted: Any) -> set[int]:
        with Lake(small=True) as lake:
            load(lake, Narrowing(**wanted))
            return {row[0] for row in lake.rows("SELECT ticket_id FROM tickets")}

    assert tickets() == {here.pk, there.pk}
    assert tickets(teams=(team.pk,)) == {here.pk}
    assert tickets(teams=()) == set()
    assert tickets(channel="email") == {here.pk, there.pk}
    assert tickets(channel="chat' OR true --") == set()
    tomorrow = int((now() + timedelta(days=1)).timestamp() * 1000)
    assert tickets(since_ms=tomorrow) == set()
    assert tickets(until_ms=tomorrow) == {here.pk, there.pk}


def test_a_ticket_is_with_a_team_from_its_beginning(committed_db: str, sam: Agent, dana: Customer) -> None:
    moved, stayed, nowhere = asks(dana), asks(dana), asks(dana)
    first, second = Team.objects.get(name="Frontline"), Team.objects.create(name="Experts", tier=2)
    Ticket.objects.filter(pk__in=[moved.pk, stayed.pk]).update(team=first)
    set_team(Ticket.objects.get(pk=moved.pk), second, actor=sam.actor)
    tasks.follow_journal()
    with Lake(small=True) as lake:
        load(lake, Narrowing())
        begun = dict(lake.rows("SELECT ticket_id, team_id FROM events WHERE kind = 'created'"))
        derive(lake, Within())
        assert lake.one("SELECT count(*), max(up) FROM moves") == (1, 1)
    assert begun == {moved.pk: first.pk * 8 + 3, stayed.pk: first.pk * 8 + 3, nowhere.pk: None}


def test_samples_are_left_out_beside_real_tickets(committed_db: str, sam: Agent, dana: Customer) -> None:
    sample = asks(dana, "A sample")
    Ticket.objects.filter(pk=sample.pk).update(is_sample=True)
    answers(sam, sample)
    tasks.follow_journal()
    assert _live().counted == 1, "alone they show what an audit will be"
    answers(sam, asks(dana, "A real one"))
    tasks.follow_journal()
    assert _live().counted == 2, "one of one's own says nothing yet"
    for number in range(FEWEST - 1):
        asks(dana, f"Number {number}")
    tasks.follow_journal()
    found = _live()
    assert (found.tickets, found.counted) == (FEWEST + 1, FEWEST)
    assert ("tickets: test", 1) in found.trust.excluded
