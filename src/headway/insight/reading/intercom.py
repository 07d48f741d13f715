"""Intercom: conversations with their parts, contacts, admins and teams, as its API has them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from headway.insight.lake.words import Kind, Origin, Side, Status
from headway.insight.reading import documents
from headway.insight.reading.documents import Makers
from headway.insight.reading.port import Options, Progress, Read
from headway.insight.reading.staged import Event, Person, Row, Ticket
from headway.insight.reading.staging import Staging
from headway.insight.reading.values import at, first, ident, words

_SIDES: Final = {
    "admin": Side.AGENT,
    "team": Side.AGENT,
    "bot": Side.AUTOMATION,
    "user": Side.CUSTOMER,
    "lead": Side.CUSTOMER,
    "contact": Side.CUSTOMER,
}
# What a part does to whom the conversation waits for. Parts are named after it, some after two things at once.
_STATUSES: Final = (
    ("unsnooze", Status.OPEN),
    ("snooze", Status.WAITING),
    ("close", Status.SOLVED),
    ("reopen", Status.OPEN),
    ("open", Status.OPEN),
)


class Intercom:
    """One file of a download, or of documents of its API."""

    name = "Intercom"

    def claims(self, path: Path, head: bytes, /) -> bool:
        """As a download of ours, or by what its documents call themselves."""
        return path.name.startswith("intercom-") or b'"conversation.list"' in head or b'"conversation_parts"' in head

    def read(self, path: Path, options: Options, staging: Staging, progress: Progress) -> Read:
        """An element that cannot be read is a problem, with its number within the file."""
        return documents.stage(path, self.name, _MAKERS, options, staging, progress)


def conversation(given: Mapping[str, Any]) -> list[Row]:
    """A conversation with its parts, as retrieving one gives it."""
    number, source = str(given["id"]), given.get("source") or {}
    side, actor = _who(source.get("author"))
    contacts = (given.get("contacts") or {}).get("contacts") or ()
    customer = actor if side == Side.CUSTOMER else next((ident(one.get("id")) for one in contacts), None)
    figures, created = given.get("statistics") or {}, at(given["created_at"])
    ours = source.get("delivered_as") not in (None, "customer_initiated") and side != Side.CUSTOMER
    text = words(source.get("body"))
    made: list[Row] = [
        Ticket(
            ticket=number,
            origin=Origin.PROACTIVE if ours else None,
            channel=source.get("type"),
            category=_category(given),
            tag=first((given.get("tags") or {}).get("tags")),
            priority=ident(given.get("priority")),
            customer=customer,
            source_reply_ms=_since(given["created_at"], figures.get("first_admin_reply_at")),
            source_resolve_ms=_since(given["created_at"], figures.get("last_close_at")),
            source_reopens=figures.get("count_reopens"),
        ),
        Event(
            ticket=number,
            at_ms=created,
            kind=Kind.CREATED,
            activity="created",
            status=Status.OPEN,
            actor_kind=side,
            actor=actor,
            length=len(text) if text else None,
            subject=words(source.get("subject")),
            text=text,
            key="created",
        ),
    ]
    known = list(_people(source.get("author")))
    for part in (given.get("conversation_parts") or {}).get("conversation_parts") or ():
        made += _happened(number, part)
        known += _people(part.get("author"))
    return made + known


def _happened(number: str, part: Mapping[str, Any]) -> list[Row]:
    """What was said, and beside it what it did to the conversation."""
    what, text = str(part.get("part_type")), words(part.get("body"))
    side, actor = _who(part.get("author"))
    moment, key = at(part["created_at"]), f"part {part['id']}"
    status = next((status for word, status in _STATUSES if word in what), None)
    made: list[Row] = []
    if text or what in ("comment", "note"):
        noted = "note" in what or "assign" in what
        received = side == Side.CUSTOMER
        kind = Kind.NOTE if noted else Kind.RECEIVED if received else Kind.REPLIED
        opens = Status.OPEN if received and status is None else None
        made.append(
            Event(
                ticket=number,
                at_ms=moment,
                kind=kind,
                status=opens,
                actor_kind=side,
                actor=actor,
                length=len(text or ""),
                text=text,
                key=key,
            )
        )
    to = part.get("assigned_to") or {}
    if "assign" in what and to.get("id"):
        team = to.get("type") == "team"
        made.append(
            Event(
                ticket=number,
                at_ms=moment,
                kind=Kind.ASSIGNED,
                activity="group changed" if team else "assigned",
                actor_kind=side,
                actor=actor,
                assignee=None if team else str(to["id"]),
                team=str(to["id"]) if team else None,
                key=f"{key} assigned",
            )
        )
    if status is not None:
        made.append(
            Event(
                ticket=number,
                at_ms=moment,
                kind=Kind.STATUS,
                activity=what.replace("_", " "),
                status=status,
                actor_kind=side,
                actor=actor,
                key=f"{key} status",
            )
        )
    return made


def _who(author: Any) -> tuple[str, str | None]:
    found = author or {}
    side = _SIDES.get(str(found.get("type")), Side.SYSTEM)
    return side, ident(found.get("id")) if side in (Side.AGENT, Side.CUSTOMER) else None


def _people(author: Any) -> list[Row]:
    side, number = _who(author)
    name = (author or {}).get("name") or (author or {}).get("email")
    return [Person(kind=side, id=number, name=name)] if number and name else []


def _category(given: Mapping[str, Any]) -> str | None:
    topics = first((given.get("topics") or {}).get("topics"))
    kind = (given.get("custom_attributes") or {}).get("issue_type")
    return ident(kind) or topics


def _since(created: Any, moment: Any) -> int | None:
    return at(moment) - at(created) if moment else None


def _admin(given: Mapping[str, Any]) -> list[Row]:
    return [Person(kind=Side.AGENT, id=str(given["id"]), name=given.get("name") or given.get("email"))]


def _team(given: Mapping[str, Any]) -> list[Row]:
    return [Person(kind="team", id=str(given["id"]), name=given.get("name"))]


def _contact(given: Mapping[str, Any]) -> list[Row]:
    return [Person(kind=Side.CUSTOMER, id=str(given["id"]), name=given.get("name") or given.get("email"))]


_MAKERS: Final[Makers] = {
    "": conversation,
    "conversations": conversation,
    "admins": _admin,
    "teams": _team,
    "contacts": _contact,
}
