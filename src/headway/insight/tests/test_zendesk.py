"""Zendesk's documents, in the shapes its API publishes."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from headway.insight.audit import run
from headway.insight.findings.finding import Found
from headway.insight.reading import json_stream
from headway.insight.result import Result, Wanted

NINE = 1_772_442_000  # 2026-03-02 09:00 UTC, in seconds
VIA = {"channel": "web", "source": {"from": {}, "to": {}, "rel": None}}


def _ticket(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "created_at": "2026-03-02T09:00:00Z",
        "requester_id": 100,
        "submitter_id": 100,
        "assignee_id": 7,
        "group_id": 50,
        "status": "solved",
        "type": "question",
        "tags": ["refund"],
        "via": {"channel": "email"},
        "subject": "Refund",
        "description": "I want my money back.",
        **more,
    }


def _update(number: int, minutes: int, updater: int, *children: dict[str, Any], via: Any = None) -> dict[str, Any]:
    return {
        "id": number * 1000 + minutes,
        "ticket_id": number,
        "timestamp": NINE + minutes * 60,
        "updater_id": updater,
        "via": via or VIA,
        "child_events": list(children),
    }


def _change(**fields: Any) -> dict[str, Any]:
    return {"id": 1, "via": "Web form", "via_reference_id": None, "event_type": "Change", **fields}


def _comment(author: int, body: str, *, public: bool = True) -> dict[str, Any]:
    return {"event_type": "Comment", "author_id": author, "body": body, "public": public, "comment_present": True}


EVENTS = [
    _update(1, 0, 100, {"event_type": "Create", "status": "new", "subject": "Refund"}, _comment(100, "Money back?")),
    _update(1, 1, -1, _comment(-1, "We got your mail."), via={"channel": "rule"}),
    _update(1, 30, 7, _comment(7, "Looking at it.", public=False), _change(assignee_id=7, group_id=50)),
    _update(1, 40, 7, _comment(7, "Which order?"), _change(status="pending", previous_value="new")),
    _update(1, 90, 100, _comment(100, "Order 12."), _change(status="open", previous_value="pending")),
    _update(1, 120, 8, _comment(8, "Refunded."), _change(status="solved", previous_value="open")),
]
USERS = [
    {"id": 7, "name": "Sam", "role": "agent"},
    {"id": 8, "name": "Li", "role": "admin"},
    {"id": 100, "name": "Dana", "role": "end-user"},
]
METRICS = [
    {
        "ticket_id": 1,
        "reopens": 0,
        "reply_time_in_minutes": {"calendar": 40, "business": 40},
        "full_resolution_time_in_minutes": {"calendar": 120, "business": 120},
    }
]


def _run(tmp_path: Path, *names: str, **documents: Any) -> Result:
    for name, document in documents.items():
        text = document if isinstance(document, str) else json.dumps(document)
        (tmp_path / f"{name}.json").write_text(text)
    return run([tmp_path / f"{name}.json" for name in names or documents], Wanted(), lambda _part, _done: None)


def _figures(result: Result, key: str) -> dict[str, Any]:
    found = result.findings[key][1]
    assert isinstance(found, Found), found
    return dict(found.figures)


@pytest.mark.parametrize("users_first", [True, False])
def test_events_users_and_metrics_in_files_of_their_own(tmp_path: Path, *, users_first: bool) -> None:
    names = ["users", "events", "tickets", "metrics"]
    result = _run(
        tmp_path,
        *(names if users_first else reversed(names)),
        users={"users": USERS, "groups": [{"id": 50, "name": "Billing"}], "count": 3, "next_page": None},
        events={"ticket_events": EVENTS, "count": 6, "end_time": 1},
        tickets={"tickets": [_ticket(1), _ticket(2, status="deleted"), _ticket(3, tags=["closed_by_merge"])]},
        metrics={"ticket_metrics": METRICS},
    )
    assert (result.tickets, result.counted) == (3, 1)
    assert dict(result.trust.excluded) == {"tickets: merged": 1, "tickets: spam": 1}
    responses = _figures(result, "responses")
    assert responses["first_response_median_ms"] == 40 * 60_000  # neither the rule's mail nor the note
    assert responses["resolution_median_ms"] == 120 * 60_000
    assert _figures(result, "exchanges") == {"our_turns_mean": 2, "their_turns_mean": 2, "three_or_more_share": 0}
    assert _figures(result, "handoffs")["handoffs"] == 1
    assert [(share, n) for _name, share, n in result.front.agreement] == [(1.0, 1), (1.0, 1)]
    waits = result.findings["time_by_state"][1]
    assert isinstance(waits, Found)
    assert waits.figures["customer_share"] == pytest.approx(50 / 120)


def test_audits_say_the_same(tmp_path: Path) -> None:
    audits = []
    for update in EVENTS:
        events: list[dict[str, Any]] = []
        for child in update["child_events"]:
            if child["event_type"] == "Comment":
                events.append({**child, "type": "Comment"})
                continue
            events += [
                {"type": child["event_type"], "field_name": name, "value": child[name]}
                for name in ("status", "assignee_id", "group_id", "subject")
                if name in child
            ]
        at = datetime.fromtimestamp(update["timestamp"], UTC).isoformat()
        audits.append(
            {
                "ticket_id": 1,
                "created_at": at,
                "author_id": update["updater_id"],
                "via": update["via"],
                "events": events,
            }
        )
    result = _run(tmp_path, audits={"audits": audits, "users": USERS}, tickets={"tickets": [_ticket(1)]})
    assert _figures(result, "exchanges")["our_turns_mean"] == 2
    assert _figures(result, "responses")["resolution_median_ms"] == 120 * 60_000


def test_tickets_alone_tell_what_their_moments_tell(tmp_path: Path) -> None:
    metric_set = {**METRICS[0], "solved_at": "2026-03-02T11:00:00Z"}
    result = _run(tmp_path, tickets={"tickets": [_ticket(n, metric_set=metric_set) for n in range(1, 4)]})
    assert _figures(result, "responses")["first_response_median_ms"] == 40 * 60_000
    assert not isinstance(result.findings["handoffs"][1], Found)


def test_an_export_of_a_ticket_a_line(tmp_path: Path) -> None:
    comments = [
        {"author_id": 100, "created_at": "2026-03-02T09:00:00Z", "body": "Money back?", "public": True},
        {"author_id": 7, "created_at": "2026-03-02T09:40:00Z", "body": "Done.", "public": True},
    ]
    lines = [
        json.dumps(_ticket(n, comments=comments, metric_set={"solved_at": "2026-03-02T11:00:00Z"})) for n in (1, 2)
    ]
    result = _run(
        tmp_path, export="\n".join([*lines, '{"id": 3, "requester_id": 1, "submitter_id": 1}', lines[0][:50]])
    )
    assert result.counted == 2
    assert result.trust.problems == 2
    assert _figures(result, "exchanges")["our_turns_mean"] == 1


def test_large_documents_are_read_piece_by_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "_CHUNK", 7)
    document = {"count": 12, "a": [1, [2, {"b": 'é"]'}], "x" * 50], "next_page": None, "b": [{"c": 1.5}]}
    path = tmp_path / "pages.json"
    path.write_text(json.dumps(document, ensure_ascii=False) * 2 + "[true]")
    page = [("count", 12), ("a", 1), ("a", [2, {"b": 'é"]'}]), ("a", "x" * 50), ("next_page", None), ("b", {"c": 1.5})]
    assert list(json_stream.elements(path)) == [*page, ("}", None), *page, ("}", None), ("", True)]
