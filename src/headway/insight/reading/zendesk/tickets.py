"""Tickets, their metric sets, users and groups."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from headway.insight.reading import meanings
from headway.insight.reading.staged import Event, Person, Row, Ticket
from headway.insight.reading.values import at, ident
from headway.insight.reading.zendesk.values import STATUSES, minutes


def ticket(given: Mapping[str, Any]) -> list[Row]:
    """What a ticket says of itself; its few moments stand in for events where no file has them."""
    number = str(given["id"])
    tags = [str(tag) for tag in given.get("tags") or ()]
    channel = (given.get("via") or {}).get("channel")
    origin = "merged" if "closed_by_merge" in tags else None
    if given.get("status") == "deleted":
        origin = "spam"
    made: list[Row] = [
        Ticket(
            ticket=number,
            origin=origin or meanings.origin(str(channel or "")),
            channel=channel,
            category=ident(given.get("type")),
            tag=tags[0] if tags else None,
            priority=given.get("priority"),
            customer=ident(given.get("requester_id")),
        )
    ]
    requester = ident(given.get("requester_id"))
    opening = given.get("description") or None
    made.append(
        Event(
            ticket=number,
            at_ms=at(given["created_at"]),
            kind="created",
            activity="created",
            status="open",
            actor_kind="customer",
            actor=requester,
            team=ident(given.get("group_id")),
            length=len(opening) if opening else None,
            subject=given.get("subject"),
            text=opening,
            fallback=1,
            key="created",
        )
    )
    if metric_set := given.get("metric_set"):
        made += metrics({"ticket_id": number, **metric_set}, ident(given.get("assignee_id")), at(given["created_at"]))
    return made


def metrics(given: Mapping[str, Any], assignee: str | None = None, created: int | None = None) -> list[Row]:
    """Zendesk's own figures of a ticket, to compare ours with, and its moments."""
    number = str(given["ticket_id"])
    reply = minutes(given.get("reply_time_in_minutes"))
    made: list[Row] = [
        Ticket(
            ticket=number,
            source_reply_ms=reply,
            source_resolve_ms=minutes(given.get("full_resolution_time_in_minutes")),
            source_reopens=given.get("reopens"),
        )
    ]
    side = "unknown" if assignee else "system"
    began = created if created is not None else at(given["created_at"]) if given.get("created_at") else None
    if reply is not None and began is not None:
        replied = Event(ticket=number, at_ms=began + reply, kind="replied", activity="first reply", actor_kind="agent")
        made.append(_by(replied, assignee))
    if given.get("solved_at"):
        made.append(
            Event(
                ticket=number,
                at_ms=at(given["solved_at"]),
                kind="status",
                activity="solved",
                status="solved",
                actor_kind=side,
                actor=assignee,
                fallback=1,
                key="solved",
            )
        )
    return made


def whole(given: Mapping[str, Any]) -> list[Row]:
    """A ticket with its comments, as the export of an object a line has it."""
    made = ticket(given)
    if not given.get("comments"):
        return made
    created, number = at(given["created_at"]), str(given["id"])
    for place, comment in enumerate(given["comments"]):
        text = comment.get("plain_body") or comment.get("body") or ""
        moment = at(comment["created_at"])
        first = place == 0
        made.append(
            Event(
                ticket=number,
                at_ms=created if first else moment,
                kind="created" if first else "message" if comment.get("public", True) else "note",
                status="open" if first else None,
                actor_kind="unknown",
                actor=ident(comment.get("author_id")),
                length=len(text),
                subject=given.get("subject") if first else None,
                text=text,
                key=f"comment {comment['id']}" if comment.get("id") else None,
            )
        )
    solved = (given.get("metric_set") or {}).get("solved_at")
    if solved and given.get("status") in {"solved", "closed"}:
        made.append(
            Event(
                ticket=number,
                at_ms=at(solved),
                kind="status",
                activity="solved",
                status=STATUSES["solved"],
                key="solved",
            )
        )
    return made


def user(given: Mapping[str, Any]) -> list[Row]:
    """Whether somebody is a customer or works here."""
    side = "customer" if given.get("role") == "end-user" else "agent"
    return [Person(kind=side, id=str(given["id"]), name=given.get("name"))]


def group(given: Mapping[str, Any]) -> list[Row]:
    """A group is a team."""
    return [Person(kind="team", id=str(given["id"]), name=given.get("name"))]


def _by(event: Event, assignee: str | None) -> Event:
    return replace(event, actor=assignee, actor_kind="agent", fallback=1, key="first reply")
