"""What happened on tickets: incremental ticket events, and audits, which say the same in other words."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from headway.insight.reading.staged import Event, Row
from headway.insight.reading.values import at, ident
from headway.insight.reading.zendesk.values import STATUSES, who


def incremental(given: Mapping[str, Any]) -> list[Row]:
    """An element of `ticket_events`: one update with its child events."""
    changes: dict[str, Any] = {}
    comments: list[Mapping[str, Any]] = []
    created = False
    for child in given["child_events"]:
        kind = child.get("event_type")
        created |= kind == "Create"
        if kind in {"Create", "Change"}:
            changes |= {name: child[name] for name in ("status", "assignee_id", "group_id", "subject") if name in child}
        elif kind == "Comment":
            comments.append(child)
    moment = at(given.get("timestamp") or given["created_at"])
    rows = _rows(given, str(given["ticket_id"]), moment, given.get("updater_id"), created, changes, comments)
    return _keyed(given, rows)


def audit(given: Mapping[str, Any]) -> list[Row]:
    """An element of `audits`: one update with its events by field."""
    changes: dict[str, Any] = {}
    comments: list[Mapping[str, Any]] = []
    created = False
    for event in given["events"]:
        kind = event.get("type")
        created |= kind == "Create"
        if kind in {"Create", "Change"}:
            changes[str(event.get("field_name"))] = event.get("value")
        elif kind == "Comment":
            comments.append(event)
    moment = at(given["created_at"])
    rows = _rows(given, str(given["ticket_id"]), moment, given.get("author_id"), created, changes, comments)
    return _keyed(given, rows)


def _keyed(given: Mapping[str, Any], rows: Iterator[Event]) -> list[Row]:
    """Exports repeat updates at the seams of their pages."""
    number = given.get("id")
    return [replace(row, key=None if number is None else f"{number}:{place}") for place, row in enumerate(rows)]


def _rows(
    given: Mapping[str, Any],
    ticket: str,
    moment: int,
    updater: Any,
    created: bool,
    changes: Mapping[str, Any],
    comments: list[Mapping[str, Any]],
) -> Iterator[Event]:
    side, actor = who(updater, given.get("via"))
    if created:
        first = comments[0] if comments else {}
        text = _text(first)
        yield Event(
            ticket=ticket,
            at_ms=moment,
            kind="created",
            activity="created",
            status=STATUSES.get(str(changes.get("status")), STATUSES["new"]),
            actor_kind=side,
            actor=actor,
            team=ident(changes.get("group_id")),
            assignee=ident(changes.get("assignee_id")),
            length=len(text) if text else None,
            subject=changes.get("subject"),
            text=text,
        )
        comments = comments[1:]
    for comment in comments:
        text = _text(comment)
        public = comment.get("public", comment.get("comment_public", True))
        yield Event(
            ticket=ticket,
            at_ms=moment,
            kind="message" if public else "note",
            actor_kind=side,
            actor=ident(comment.get("author_id")) or actor if side == "unknown" else actor,
            length=len(text or ""),
            text=text,
        )
    if created:
        return
    if changes.get("assignee_id") is not None or changes.get("group_id") is not None:
        yield Event(
            ticket=ticket,
            at_ms=moment,
            kind="assigned",
            activity="assigned" if changes.get("assignee_id") is not None else "group changed",
            actor_kind=side,
            actor=actor,
            assignee=ident(changes.get("assignee_id")),
            team=ident(changes.get("group_id")),
        )
    if (status := STATUSES.get(str(changes.get("status")))) is not None:
        name = str(changes["status"])
        yield Event(
            ticket=ticket, at_ms=moment, kind="status", activity=name, status=status, actor_kind=side, actor=actor
        )


def _text(comment: Mapping[str, Any]) -> str | None:
    found = comment.get("plain_body") or comment.get("body")
    return str(found) if found else None
