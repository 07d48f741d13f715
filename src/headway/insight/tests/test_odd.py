"""Exports as they come: each is read for what it holds, or refused in a sentence, and no figure is absurd."""

from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from typing import Any

import pytest

from headway.foundation.errors import Invalid
from headway.insight.audit import run
from headway.insight.exported import as_json
from headway.insight.reading.port import Options
from headway.insight.result import Wanted

HEAD = "id,created_at,first_response_at,solved_at,status,assignee,minutes"
ROW = "{n},2026-03-0{d}T10:00:00Z,2026-03-0{d}T10:30:00Z,2026-03-0{d}T11:00:00Z,solved,{who},6"
QUIET = "{n},2026-03-0{d}T10:00:00Z,,2026-03-0{d}T11:00:00Z,solved,{who},6"
BEGUN, DONE = "2026-03-0{d}T10:00:00Z", "2026-03-0{d}T11:00:00Z"
EVENTS = ("Created,customer", "Replied,Sam", "Resolved,Sam")


def _rows(row: str = ROW, head: str = HEAD, *, tickets: int = 20, who: str = "Sam") -> str:
    return "\n".join((head, *(row.format(n=n, d=1 + n % 9, who=who) for n in range(tickets)))) + "\n"


def _events(hours: tuple[int, ...]) -> str:
    rows = [
        f"{n},{what.partition(',')[0]},2026-03-0{1 + n % 9} {hour}:{n:02}:00,{what.partition(',')[2]}"
        for n in range(20)
        for what, hour in zip(EVENTS, hours, strict=True)
    ]
    return "\n".join(("case,activity,timestamp,resource", *rows)) + "\n"


def _audited(path: Path, columns: dict[str, str] | None = None) -> dict[str, Any]:
    told = as_json(run([path], Wanted(reading=Options(columns or {})), lambda _part, _done: None))
    wrong = [
        (key, value)
        for key, value in _numbers("", told)
        if not isfinite(value) or (value < 0 and "growth" not in key and "change" not in key)
    ]
    shares = [(key, value) for key, value in _numbers("", told) if "share" in key and abs(value) > 1]
    assert (wrong, shares) == ([], [])
    return told


def _resolved(told: dict[str, Any]) -> int:
    rows = [row for table in told["responses"].get("tables", {}).values() for row in table]
    return next((int(row["tickets"]) for row in rows if row["measure"] == "Resolution"), 0)


def _numbers(key: str, value: object) -> Iterator[tuple[str, float]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _numbers(f"{key}.{name}", inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _numbers(key, inner)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield key, float(value)


@pytest.mark.parametrize(
    ("text", "problems", "resolved"),
    [
        (_rows(), 0, 20),
        (_rows(tickets=1), 0, 1),
        (_rows(who=""), 0, 20),
        ("\ufeff" + _rows().replace(",", "|"), 0, 20),
        (_rows() + _rows().partition("\n")[2], 20, 20),
        (_rows(QUIET.replace("T11:", "T09:")), 20, 0),
        (_rows(ROW.replace("T10:30", "T08:30")), 20, 20),
        (_rows(ROW.replace(",6", ",-6")), 20, 20),
        (_rows(ROW.replace(",6", ",many")), 20, 20),
        (_rows(QUIET.replace(DONE, "").replace("solved", "open")), 0, 0),
        (_rows(QUIET.replace(BEGUN, "4608{d}.5").replace(DONE, "4608{d}.75")), 0, 20),
        (_rows(QUIET.replace(BEGUN, "2026030{d}").replace(DONE, "2026030{d}")), 0, 20),
        (_rows(QUIET.replace(DONE, "2199-01-01T00:00:00Z")), 0, 0),
        (_rows() + "99,0001-01-01T00:00:00Z,,9999-12-31T00:00:00Z,solved,Sam,\n", 0, 20),
        (_rows() + 'torn,"2026-03-01T10:00:00Z\n', 1, 20),
    ],
    ids=[
        *("plain", "one row", "no agents", "mark and bars", "every row twice", "solved before", "answered before"),
        *("negative time", "no number", "only open", "spreadsheet days", "days as digits", "solved in the future"),
        *("impossible years", "torn"),
    ],
)
def test_a_row_for_each_ticket(tmp_path: Path, text: str, problems: int, resolved: int) -> None:
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")
    told = _audited(path)
    assert told["problems"]["count"] + told["out_of_order"]["count"] == problems
    assert _resolved(told) == resolved


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1", "utf-8-sig"])
def test_encodings_and_columns_that_are_named_by_hand(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(_rows(head="Nummer,Eröffnet,Antwort,Gelöst,Zustand,Wer,Aufwand").encode(encoding))
    with pytest.raises(Invalid, match="no column was found for ticket and created_at"):
        _audited(path)
    fields = {"Nummer": "ticket", "Eröffnet": "created_at", "Gelöst": "solved_at", "Wer": "actor"}
    assert _resolved(_audited(path, fields)) == 20


def test_whoever_is_called_customer_is_none_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(_events((10, 11, 12)), encoding="utf-8")
    told = _audited(path)
    assert told["handoffs"]["figures"]["handoffs"] == 0
    assert _resolved(told) == 20


def test_events_in_the_wrong_order_give_no_absurd_figure(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(_events((15, 14, 13)), encoding="utf-8")
    assert _audited(path)["counted"] == 20


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "is empty"),
        ("head.csv", b"id,created_at\n", "no ticket"),
        ("late.csv", _rows(ROW.replace("2026", "2199")).encode(), "in the future"),
        ("binary.csv", bytes(range(256)) * 20, "cannot be read"),
        ("packed.gz", b"\x1f\x8b broken", "cannot be read"),
        ("table.parquet", b"PAR1 and no more", "cannot be read as Parquet"),
        ("half.xes", b'<log xmlns="http://www.xes-standard.org/"><trace><event>', "no event"),
        ("half.json", b'{"tickets":[{"id":1,"created_at":"2026-03-01T10:00:00Z"', "breaks off"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Invalid, match=says):
        _audited(path)
