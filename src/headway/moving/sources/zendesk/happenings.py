"""What happened on tickets: ticket events, and audits, which say the same in other words."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from headway.moving.records import Anything, Step
from headway.moving.sources.times import moment
from headway.moving.sources.values import ident
from headway.moving.sources.zendesk import tickets
from headway.moving.sources.zendesk.values import CATEGORIES, PRIORITIES, by_rule

_WHAT: Final = {"status": "status", "assignee_id": "assignee", "group_id": "team", "priority": "priority"}


def incremental(given: Mapping[str, Any]) -> list[Anything]:
    """An element of `ticket_events`: one update with its child events."""
    at = given.get("timestamp") or given["created_at"]
    made: list[Anything] = []
    for child in given["child_events"]:
        kind = child.get("event_type") or child.get("type")
        if kind in {"Create", "Change"}:
            for name in _WHAT:
                if name in child:
                    made += _step(given, str(given["ticket_id"]), at, given.get("updater_id"), name, child[name])
        elif kind == "Comment":
            made += tickets.comment({"via": given.get("via"), **child}, str(given["ticket_id"]), at)
    return made


def audit(given: Mapping[str, Any]) -> list[Anything]:
    """An element of `audits`: one update with its events by field."""
    at, author = given["created_at"], given.get("author_id")
    made: list[Anything] = []
    for event in given["events"]:
        kind = event.get("type")
        if kind in {"Create", "Change"} and event.get("field_name") in _WHAT:
            made += _step(given, str(given["ticket_id"]), at, author, event["field_name"], event.get("value"))
        elif kind == "Comment":
            made += tickets.comment({"via": given.get("via"), **event}, str(given["ticket_id"]), at, author)
    return made


def _step(given: Mapping[str, Any], ticket: str, at: Any, author: Any, name: str, value: Any) -> Iterator[Anything]:
    what = _WHAT[name]
    after = ident(value)
    if what == "status":
        after = CATEGORIES.get(str(value), "")
    elif what == "priority":
        after = str(PRIORITIES.get(str(value), ""))
    if after or what in {"assignee", "team"}:
        writer = "" if by_rule(given.get("via")) else ident(author)
        # one update changes a field once
        yield Step(key=f"{given['id']}:{what}", ticket=ticket, at=moment(at), what=what, after=after, author=writer)
