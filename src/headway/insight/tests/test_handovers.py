"""Escalations, contact rate and divergent steps, on a history small enough to count by hand."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from headway.cli.audit import audit
from headway.foundation.errors import Invalid
from headway.insight.exported import as_json
from headway.insight.reading.staged import Event, Ticket
from headway.insight.rules.spread import anywhere
from headway.insight.tests.audited import audited
from headway.insight.tests.histories import MONDAY

Row = tuple[str, str, str, str, str, str]


def _write(path: Path, rows: Sequence[Row]) -> str:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("ticket", "time", "activity", "role", "agent", "team", "customer"))
        for ticket, time, activity, role, actor, team in rows:
            writer.writerow((ticket, f"2026-03-02 {time}", activity, role, actor, team, f"c{ticket}"))
    return str(path)


# A: told and worked on. B: at once, without a word, and passed on again before anybody works on it.
ROWS: list[Row] = [
    ("A", "09:00", "created", "customer", "cA", "Frontline"),
    ("A", "09:10", "reply", "agent", "Sam", ""),
    ("A", "09:20", "note", "agent", "Sam", ""),
    ("A", "09:21", "transfer", "agent", "Sam", "Billing"),
    ("A", "09:51", "reply", "agent", "Ada", ""),
    ("A", "10:00", "customer reply", "customer", "cA", ""),
    ("A", "10:10", "solved", "agent", "Ada", ""),
    ("B", "09:00", "created", "customer", "cB", "Frontline"),
    ("B", "09:05", "transfer", "agent", "Li", "Billing"),
    ("B", "09:30", "transfer", "agent", "Ada", "Engineering"),
    ("B", "10:30", "note", "agent", "Mo", ""),
    ("B", "10:40", "reply", "agent", "Mo", ""),
    ("B", "10:41", "solved", "agent", "Mo", ""),
    ("C", "09:00", "created", "customer", "cC", "Frontline"),
    ("C", "09:10", "reply", "agent", "Sam", ""),
    ("C", "09:11", "solved", "agent", "Sam", ""),
]


def _told(
    path: Path, rows: Sequence[Row], capsys: pytest.CaptureFixture[str], **more: Any
) -> dict[str, dict[str, Any]]:
    audit([_write(path, rows)], as_json=True, **more)
    said: dict[str, dict[str, Any]] = json.loads(capsys.readouterr().out)
    return said


def test_escalations_are_audited(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = _told(tmp_path / "h.csv", ROWS, capsys, tiers="Frontline=1, Billing=2, Engineering=3", customers=300)[
        "escalations"
    ]
    figures = said["figures"]
    assert (figures["escalated"], figures["transfers"]) == (2, 3)
    assert figures["escalated_share"] == pytest.approx(2 / 3)
    assert figures["premature_share"] == pytest.approx(2 / 3)  # both of B's
    assert figures["incomplete_share"] == pytest.approx(2 / 3)
    assert figures["retriaged_share"] == pytest.approx(1 / 3)
    assert figures["received_median_ms"] == 60 * 60_000  # of 30, 60 and 85 minutes
    assert figures["asked_again_share"] == pytest.approx(1 / 3)
    assert said["tickets"] == ["B", "A"]


def test_within_a_tier_it_is_a_transfer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = _told(tmp_path / "h.csv", ROWS, capsys, tiers="Frontline=1, Billing=1, Engineering=2")["escalations"]
    assert (said["figures"]["escalated"], said["figures"]["transfers"]) == (1, 3)
    assert said["figures"]["retriaged_share"] == 0
    without = _told(tmp_path / "h.csv", ROWS, capsys)["escalations"]
    assert (without["figures"]["escalated"], without["figures"]["premature_share"]) == (0, pytest.approx(2 / 3))
    assert without["figures"]["escalated_share"] is None


def test_where_tiers_are_not_mapped_no_share_of_tier_1_is_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    robots = [
        ("D", "11:00", "created", "customer", "cD", "Frontline"),
        ("D", "11:01", "escalated", "system", "Rule", "Billing"),
    ]
    said = _told(tmp_path / "h.csv", [*ROWS, *robots], capsys)["escalations"]
    assert (said["figures"]["escalated"], said["figures"]["escalated_share"], said["sample"]) == (1, None, 4)
    assert said["says"].startswith("1 ticket is recorded as escalated. Teams pass tickets on 4 times.")


def test_the_contact_rate_needs_to_know_how_many_customers_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [(f"{n}", f"{n:02}:00", "created", "customer", "x", "") for n in range(20)]
    path = tmp_path / "h.csv"
    _write(path, rows)
    text = path.read_text().replace(",c1\n", ",c0\n").replace(",c2\n", ",c0\n")
    path.write_text(text)
    audit([str(path)], as_json=True)
    said = json.loads(capsys.readouterr().out)
    assert said["roadmap"]["sample"] == 20
    figures = said["contact_rate"]["figures"]
    assert (figures["asking"], figures["per_100_month"], figures["customers"]) == (18, None, None)
    assert figures["often_share"] == pytest.approx(3 / 20)
    audit([str(path)], as_json=True, customers=1000)
    figures = json.loads(capsys.readouterr().out)["contact_rate"]["figures"]
    assert figures["per_100_month"] == pytest.approx(2 * 30.4375)  # all within a day


def test_a_step_that_only_some_take_is_found_wherever_it_comes() -> None:
    alike = {1: (40, {"replied": 40, "note": 20}), 2: (40, {"replied": 40, "note": 20}), 3: (40, {"replied": 40})}
    found = anywhere(alike, 10, 3)
    assert found is not None
    assert (found.step, found.least, found.most, found.people) == ("note", 0.0, 0.5, 3)
    same = anywhere({who: (40, {"replied": 40, "note": 20}) for who in range(3)}, 10, 3)
    assert same is not None
    assert same.index == 0
    assert anywhere({1: (5, {"replied": 5})}, 10, 3) is None


def test_where_there_are_no_teams_people_have_tiers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [(ticket, time, activity, role, actor, "") for ticket, time, activity, role, actor, _team in ROWS]
    figures = _told(tmp_path / "h.csv", rows, capsys, tiers="ada=2, Mo=3")["escalations"]["figures"]
    assert (figures["escalated"], figures["transfers"]) == (2, 3)
    assert figures["escalated_share"] == pytest.approx(2 / 3)
    figures = _told(tmp_path / "h.csv", rows, capsys, tiers="Mo=2")["escalations"]["figures"]
    assert (figures["escalated"], figures["transfers"]) == (1, 1)
    with pytest.raises(Invalid, match="nobody called 'Eve'"):
        _told(tmp_path / "h.csv", rows, capsys, tiers="Eve=2")


def test_people_who_worked_on_nothing_that_counts_hand_nothing_on() -> None:
    asked = Event(ticket="A", at_ms=MONDAY, kind="created", status="open", actor_kind="customer", actor="dana")
    ours = Event(ticket="B", at_ms=MONDAY, kind="replied", actor_kind="agent", actor="sam")
    result = audited([asked, ours], [Ticket(ticket="A"), Ticket(ticket="B", origin="proactive")], {})
    assert result is not None
    assert as_json(result)["handoffs"]["off"] == "No ticket shows work by a person."


def test_only_what_says_nothing_but_thanks_brings_no_ticket_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the rule of the desk: one word of substance behind the thanks makes it a message."""
    log = tmp_path / "log.csv"
    said = ("Thanks!", "Thank you so much for the quick help", "Thanks, but it still fails", "Ok I tried that, nothing")
    with log.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("ticket", "time", "activity", "role", "agent", "status", "text"))
        for number, text in enumerate(said):
            writer.writerow((number, "2026-03-02 09:00", "created", "customer", "dana", "open", "How?"))
            writer.writerow((number, "2026-03-02 09:10", "reply", "agent", "Sam", "solved", "So."))
            writer.writerow((number, "2026-03-03 09:00", "customer reply", "customer", "dana", "open", text))
        writer.writerow((9, "2026-05-02 09:00", "created", "customer", "eve", "open", "How?"))
    audit([str(log)], as_json=True)
    figures = json.loads(capsys.readouterr().out)["reopens"]["figures"]
    assert (figures["solved"], figures["reopened"]) == (4, 2)


def test_a_column_that_is_not_read_is_not_said_to_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "log.csv"
    log.write_text(
        "ticket,created at,solved at,time,activity\nA,2026-03-02 09:00,2026-03-03,2026-03-02 09:00,created\n"
    )
    audit([str(log)], dry_run=True, as_json=True, rows="event")
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert [column["field"] for column in file["columns"]] == ["ticket", "", "", "at", "activity"]
