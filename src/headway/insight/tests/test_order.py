"""Events in the wrong order are said with their rows, whoever exported them; what has no order has no wrong one."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from headway.cli.audit import audit
from headway.insight.sources.tests import freshdesk, help_scout, intercom, zammad, zendesk

EARLIER = "2026-02-01T09:00:00Z"


def told(capsys: pytest.CaptureFixture[str], *paths: Path) -> dict[str, Any]:
    capsys.readouterr()
    audit([str(path) for path in paths], as_json=True)
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert said["problems"]["count"] == 0, said["problems"]
    return said


def rows(said: dict[str, Any]) -> list[tuple[int, str]]:
    return [(one["line"], one["reason"].removeprefix("out of order: ")) for one in said["out_of_order"]["first"]]


def story(*events: tuple[int, str, str]) -> str:
    lines = [f"{ticket},2026-03-{moment}:00Z,{activity}" for ticket, moment, activity in events]
    return "\n".join(["ticket,at,activity", *lines])


TOLD = (
    (1, "02T09:00", "created"),
    (1, "02T09:30", "email sent"),
    (1, "02T10:00", "solved"),
    (2, "03T09:00", "created"),
    (2, "03T09:30", "email sent"),
    (2, "03T08:30", "solved"),
    (3, "04T09:00", "created"),
    (3, "04T09:40", "email sent"),
    (3, "04T09:30", "email sent"),
    (3, "04T10:00", "solved"),
)


def test_rows_of_events(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "events.csv"
    path.write_text(story(*TOLD), encoding="utf-8")
    said = told(capsys, path)
    assert rows(said) == [
        (7, "it is before its ticket was created; it counts at that time"),
        (10, "it is earlier than the row before it of its ticket; it counts at that time"),
    ]
    assert said["responses"]["figures"]["resolution_median_ms"] >= 0


@pytest.mark.parametrize(
    "events",
    [
        tuple(one for one in TOLD if one[:2] not in ((2, "03T08:30"), (3, "04T09:30"))),
        tuple(sorted((one for one in TOLD if one[0] != 2), key=lambda one: one[1], reverse=True)),  # newest first
        tuple(sorted((one for one in TOLD if one[0] != 2), key=lambda one: one[1])),
    ],
    ids=["right", "newest first", "by time"],
)
def test_what_has_no_wrong_order(
    events: Sequence[tuple[int, str, str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "events.csv"
    path.write_text(story(*events), encoding="utf-8")
    assert rows(told(capsys, path)) == []


def test_rows_of_tickets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "tickets.csv"
    lines = ["ticket,created_at,first_reply_at,solved_at,closed_at"]
    lines += [f"{n},2026-03-0{n} 09:00,2026-03-0{n} 10:00,2026-03-0{n} 11:00,2026-03-0{n} 12:00" for n in range(1, 6)]
    lines[2] = "2,2026-03-02 09:00,2026-03-01 09:00,2026-03-02 11:00,2026-03-02 10:00"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert rows(told(capsys, path)) == [
        (3, "first_reply_at is before created_at; the rest of the row counts"),
        (3, "closed_at is before solved_at; both count at their times"),
    ]


def written(tmp_path: Path, name: str, document: Any) -> Path:
    path = tmp_path / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_documents_of_help_desks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fresh = freshdesk._ticket(1)
    fresh["stats"]["resolved_at"] = EARLIER
    scout = help_scout._listed(1, "2026-03-02T11:00:00Z", files=False)
    scout["_embedded"]["threads"][2]["createdAt"] = EARLIER
    talk = {**intercom._listed("1", 1), "conversation_parts": intercom._parts("1", "")}
    talk["conversation_parts"]["conversation_parts"][2]["created_at"] = intercom.NINE - 60
    zam = {**zammad._ticket(1, EARLIER), "articles": zammad._articles(1, files=False), "history": zammad._history(1)}
    zam["history"][2]["created_at"] = EARLIER
    for name, document, line, what in (
        ("freshdesk-tickets.json", {"tickets": [freshdesk._ticket(2), fresh]}, 2, "solved"),
        ("helpscout-conversations.json", {"conversations": [scout]}, 1, "assigned, pending"),
        ("intercom-conversations.json", {"conversations": [talk]}, 1, "replied"),
        ("zammad-tickets.json", {"tickets": [zam]}, 1, "assigned"),
    ):
        found = rows(told(capsys, written(tmp_path, name, document)))
        assert [one[0] for one in found] == [line], name
        assert found[0][1].endswith("before the ticket was created; counted at that time"), name
        assert what in found[0][1], (name, found)


def test_messages_of_a_document_that_go_back_in_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fresh = {**freshdesk._ticket(1), "conversations": freshdesk._conversations(1, "")}
    assert rows(told(capsys, written(tmp_path, "freshdesk-tickets.json", {"tickets": [fresh]}))) == []
    fresh["conversations"][3]["created_at"] = "2026-03-01T10:35:00Z"
    said = told(capsys, written(tmp_path, "freshdesk-tickets.json", {"tickets": [fresh]}))
    assert rows(said) == [(1, "its messages go back in time; they count in the order of their times")]
    newest_first = {**fresh, "conversations": freshdesk._conversations(1, "")[::-1]}
    assert rows(told(capsys, written(tmp_path, "freshdesk-tickets.json", {"tickets": [newest_first]}))) == []


def test_updates_of_zendesk_that_stand_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    events = [one for n in (1, 2, 3) for one in zendesk._story(n)]
    events[3]["timestamp"] = zendesk.NINE
    path = written(tmp_path, "zendesk-ticket_events.json", {"ticket_events": events})
    said = told(capsys, path, written(tmp_path, "zendesk-users.json", {"users": zendesk.USERS}))
    assert said["out_of_order"]["count"] == 2  # what was said, and that it was solved
    assert set(rows(said)) == {(0, "ticket 2, update 21, is before the ticket was created; it counts at that time")}


def test_terminal_page_and_rows_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "events.csv"
    path.write_text(story(*TOLD), encoding="utf-8")
    audit([str(path)], report_to=tmp_path / "report.html", problems=tmp_path / "rows.csv")
    out = " ".join(capsys.readouterr().out.split())
    assert "2 rows are in the wrong order of time" in out
    assert "events.csv, line 7: out of order: it is before its ticket was created" in out
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Rows in the wrong order of time: 2" in page
    assert "events.csv, line 7" in page
    assert (tmp_path / "rows.csv").read_text(encoding="utf-8").count("out of order: ") == 2
