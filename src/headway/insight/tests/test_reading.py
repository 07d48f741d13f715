"""Files as exports write them: columns, dates, encodings, rows that cannot be read."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from headway.foundation.errors import Invalid
from headway.insight.audit import read
from headway.insight.lake.engine import Lake
from headway.insight.reading.meanings import status
from headway.insight.reading.port import Options, Read
from headway.insight.reading.settle import settle

EVENTS = """Ticket ID,Timestamp,Activity,Agent,Group,Priority
1,2026-03-02T09:00:00Z,Created,,,High
1,2026-03-02T09:05:00+01:00,Take in charge,Sam,Billing,High
,2026-03-02T09:06:00Z,Reply sent,Sam,Billing,High
1,yesterday,Reply sent,Sam,Billing,High
1,2026-03-02 10:00,Resolve ticket,Sam,Billing,High
1,2026-03-16T10:00:00Z,Closed,Nightly batch,Billing,High
"""
Rows = list[tuple[Any, ...]]


def _read(path: Path, sql: Sequence[str], options: Options | None = None) -> tuple[Read, list[Rows]]:
    options = options or Options()
    with Lake(memory_mb=256, zone=options.zone, small=True) as lake:
        (one,) = read(lake, [path], options, lambda _part, _done: None)
        settle(lake, 7)
        return one, [lake.rows(statement) for statement in sql]


def _file(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


STORY = "SELECT kind, status, actor_kind, at_ms FROM events ORDER BY event_id"
PROBLEMS = "SELECT line, reason FROM problems ORDER BY line"


def test_a_csv_of_events_in_a_zone(tmp_path: Path) -> None:
    path = _file(tmp_path, "log.csv", EVENTS)
    one, (story, problems) = _read(path, [STORY, PROBLEMS], Options(zone="Europe/Berlin"))
    assert one.layout == "event"
    assert {column.column: column.field for column in one.columns if column.field} == {
        "Ticket ID": "ticket",
        "Timestamp": "at",
        "Activity": "activity",
        "Agent": "actor",
        "Group": "team",
        "Priority": "priority",
    }
    ten = 1_772_442_000_000  # 2026-03-02 09:00 UTC
    assert [(kind, status, side) for kind, status, side, _at in story] == [
        ("assigned", "open", "agent"),  # 08:05 UTC: written with its zone
        ("created", "open", "customer"),
        ("status", "solved", "agent"),
        ("status", "closed", "automation"),
    ] or story[0][3] == ten
    assert story[2][3] == ten  # 10:00 in Berlin
    back = "out of order: it is earlier than the row before it of its ticket; it counts at that time"
    assert problems == [(3, back), (4, "no ticket is named"), (5, "the time cannot be read")]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("03/04/2026 14:30", "2026-04-03"),
        ("13/04/2026 14:30", "2026-04-13"),
        ("04/13/2026 02:30 PM", "2026-04-13"),
        ("13.04.2026 14:30:00", "2026-04-13"),
        ("1776090600", "2026-04-13"),
        ("1776090600000", "2026-04-13"),
        ("2026-04-13 14:30:00 UTC", "2026-04-13"),
        ("Apr 13, 2026, 2:30 PM", "2026-04-13"),
    ],
)
def test_ways_to_write_a_time(written: str, expected: str, tmp_path: Path) -> None:
    path = _file(tmp_path, "t.csv", f'id;created_at\n7;"{written}"\n')
    _one, (rows,) = _read(path, ["SELECT strftime(make_timestamp(at_ms * 1000), '%Y-%m-%d %H:%M') FROM events"])
    assert rows == [(f"{expected} 14:30",)]


def test_day_and_month_are_told_by_the_whole_column(tmp_path: Path) -> None:
    days = "\n".join(f"{n},03/{day:02}/2026 10:00" for n, day in enumerate((1, 2, 3, 5, 8, 12)))
    path = _file(tmp_path, "t.csv", f"id,created\n{days}\n")
    _one, (rows,) = _read(path, ["SELECT DISTINCT month(make_timestamp(at_ms * 1000)) FROM events"])
    assert rows == [(3,)]  # eleven days of March, and not the third of many months


def test_a_row_for_each_ticket(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        "tickets.csv",
        "Ticket number,Created at,First response time,Resolved at,Status,Assignee,Requester,Tags,Subject\n"
        'A1,2026-03-02T09:00Z,2026-03-02T09:30Z,2026-03-02T11:00Z,Solved,Sam,dana@example.com,"refund,vip",Refund\n'
        "A2,2026-03-02T10:00Z,,,Spam,,eve@example.com,,Win\n"
        "A3,2026-03-02T10:00Z,soon,2026-03-03T10:00Z,Closed,Sam,dana@example.com,refund,Again\n"
        "A1,2026-03-02T09:00Z,2026-03-02T09:40Z,2026-03-02T11:00Z,Solved,Sam,dana@example.com,refund,Refund\n",
    )
    one, (tickets, story, problems) = _read(
        path,
        [
            "SELECT source_id, origin, category, source_reply_ms FROM tickets ORDER BY source_id",
            (
                "SELECT t.source_id, e.kind, e.status FROM events AS e JOIN tickets AS t USING (ticket_id) ORDER BY "
                "event_id"
            ),
            PROBLEMS,
        ],
        Options(layout="ticket"),
    )
    assert one.layout == "ticket"
    assert tickets == [
        ("A1", "customer", "refund", 2_400_000),
        ("A2", "spam", None, None),
        ("A3", "customer", "refund", None),
    ]
    assert ("A1", "replied", None) in story
    assert [line for line, _reason in problems] == [2, 4]  # the earlier A1, and a first response that is no time


def test_encodings_delimiters_and_rows_that_do_not_fit(tmp_path: Path) -> None:
    text = 'Fall;Zeit;Aktivität\n1;2026-03-02 10:00;Prüfung\n2;2026-03-02 10:00;"a";"b";"c"\n3;2026-03-03 10:00;Ende\n'
    path = _file(tmp_path, "log.csv", text.encode("latin-1"))
    options = Options(columns={"Fall": "ticket", "Zeit": "at", "Aktivität": "activity"}, layout="event")
    _one, (rows, problems) = _read(path, ["SELECT activity FROM events ORDER BY event_id", PROBLEMS], options)
    assert rows == [("Prüfung",), ("Ende",)]
    assert [line for line, _reason in problems] == [3]


def test_jsonl_nested_gzipped_and_broken(tmp_path: Path) -> None:
    lines = [
        json.dumps({"ticket": {"id": 5}, "event": {"at": "2026-03-02T09:00:00Z", "type": "created"}}),
        '{"ticket": {"id": 5',
        "[1, 2]",
        json.dumps({"ticket": {"id": 5}, "event": {"at": "2026-03-02T10:00:00Z", "type": "solved"}}),
    ]
    path = tmp_path / "log.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    options = Options(columns={"ticket.id": "ticket", "event.at": "at", "event.type": "activity"}, layout="event")
    _one, (story, problems) = _read(path, [STORY, PROBLEMS], options)
    assert [row[:2] for row in story] == [("created", "open"), ("status", "solved")]
    assert [line for line, _reason in problems] == [2, 3]


def test_parquet_with_times_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    duckdb.sql(
        "COPY (SELECT 9 AS case_id, TIMESTAMPTZ '2026-03-02 10:00:00+01' AS timestamp, 'closed' AS activity) "
        f"TO '{path}' (FORMAT parquet)"
    )
    _one, (story,) = _read(path, [STORY], Options(layout="event"))
    assert story == [("status", "closed", "system", 1_772_442_000_000)]


def test_an_event_log_that_breaks_off_is_read_up_to_there(tmp_path: Path) -> None:
    trace = (
        '<trace><string key="concept:name" value="C1"/><event><string key="concept:name" value="Wait"/>'
        '<date key="time:timestamp" value="2026-03-02T10:00:00+01:00"/></event></trace>'
    )
    path = _file(tmp_path, "log.xes", f'<?xml version="1.0"?><log xes.version="1.0">{trace}<trace><event>')
    options = Options(meanings={("activity", "wait"): "hold"})
    _one, (story, problems) = _read(path, [STORY, PROBLEMS], options)
    assert story == [("step", "hold", "system", 1_772_442_000_000)] or story[0][1] == "hold"
    assert len(problems) == 1


def test_begun_and_ended_activities_count_once(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        "log.csv",
        "case,time,activity,lifecycle:transition\n1,2026-03-02 10:00,Work,start\n1,2026-03-02 10:10,Work,complete\n",
    )
    _one, (events, excluded) = _read(path, ["SELECT count(*) FROM events", "SELECT reason, count FROM excluded"])
    assert (events, excluded) == ([(1,)], [("marks of a begun activity", 1)])


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", "", "is empty"),
        ("a.csv", "name,colour\nx,red\n", "no column was found for ticket"),
        ("a.bin", "\x00\x01", "none of the kinds"),
        ("a.jsonl", "nothing\n", "holds no JSON objects"),
        ("a.csv", "\n <!DOCTYPE html>\n<title>Sign in, please</title>", "is a web page, not an export"),
        ("a.json", "<html><body>Index of /exports", "is a web page, not an export"),
        ("a.xlsx", "PK\x03\x04...", "is a spreadsheet. Save it as CSV"),
        ("a.zip", "PK\x03\x04...", "is an archive. Unpack it"),
        ("a.csv", "\0".join("Ticket ID,Created,Status\n1,2026-03-02 09:00,Open\n") + "\0", "UTF-16 and does not"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(name: str, content: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=says):
        _read(_file(tmp_path, name, content), [])


EUROPE = ("Geschlossen;12,5", "En attente;1.234,50", "Wieder geöffnet;3", "Abgeschlossen;1.5", "Em andamento;1,234")


def test_statuses_and_numbers_as_europe_writes_them(tmp_path: Path) -> None:
    rows = ["Ticket ID;Time;Status;Minutes", *(f"{n};0{n}.03.2026 09:00;{said}" for n, said in enumerate(EUROPE, 1))]
    path = _file(tmp_path, "a.csv", "\n".join(rows) + "\n")
    worked = "SELECT active_ms / 60000 FROM events WHERE active_ms IS NOT NULL ORDER BY event_id"
    _one, (minutes, problems) = _read(path, [worked, PROBLEMS])
    assert [minute for (minute,) in minutes] == [12.5, 1234.5, 3, 1.5]
    assert [line for line, _reason in problems] == [6]  # nobody knows which comma that is
    assert [status(one.split(";")[0]) for one in EUROPE] == ["closed", "waiting", "open", "solved", "open"]


def test_a_folder_of_tables_is_not_taken_for_mail(tmp_path: Path) -> None:
    _file(tmp_path, "tickets.jsonl", '{"ticket": 1}\n')
    with pytest.raises(Invalid, match=r"holds tickets\.jsonl\. Name the files"):
        _read(tmp_path, [])


def test_freshdesks_export_of_activities(tmp_path: Path) -> None:
    def update(at: str, done: dict[str, object], who: str = "user") -> dict[str, object]:
        return {"performed_at": at, "ticket_id": 600, "performer_type": who, "performer_id": 7, "activity": done}

    path = tmp_path / "activities_1_2_3_2026.json"
    told = [
        update("02-03-2026 09:00:00 +0000", {"status": "Open", "source": 1, "agent_id": 7, "group": "Billing"}),
        update("02-03-2026 09:40:00 +0000", {"note": {"id": 4025864, "type": 4}}),
        update("02-03-2026 10:00:00 +0100", {"status": "Waiting on Third Party"}, "system"),
        update("2026-03-02T11:00:00Z", {"status": "Resolved"}),
        update("2026-03-02T11:00:00Z", {"status": "Whatever"}),
        update("yesterday", {"status": "Open"}),
    ]
    path.write_text(json.dumps({"metadata": {"activities_count": 6}, "activities_data": told}, indent=2))
    one, (story, problems) = _read(path, [STORY, PROBLEMS], Options())
    assert one.reader == "Freshdesk"
    ten = 1_772_442_000_000 + 3_600_000  # 2026-03-02 10:00 UTC
    assert sorted(story, key=lambda row: (row[3], row[0])) == [
        ("assigned", None, "agent", ten - 3_600_000),
        ("assigned", None, "agent", ten - 3_600_000),  # to a group
        ("status", "open", "agent", ten - 3_600_000),
        ("status", "hold", "automation", ten - 3_600_000),
        ("status", "solved", "agent", ten + 3_600_000),
    ]
    assert [line for line, _reason in problems] == [6]
