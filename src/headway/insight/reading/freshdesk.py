"""Freshdesk: tickets with their conversations, agents, groups and contacts, as API and account export have them.

Freshdesk tells no history of statuses: a reply of ours makes a ticket wait for the customer, a message of theirs for
us, and its statistics tell when it was resolved, closed and last reopened. Its export of ticket activities tells more.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from headway.insight.lake.words import Kind, Origin, Side, Status
from headway.insight.reading import documents, meanings
from headway.insight.reading.documents import Makers
from headway.insight.reading.port import Options, Progress, Read
from headway.insight.reading.staged import NAMED, Event, Person, Row, Ticket
from headway.insight.reading.staging import Staging
from headway.insight.reading.values import at, first, ident, words

_CHANNELS: Final = {
    1: "email", 2: "portal", 3: "phone", 4: "forum", 5: "twitter", 6: "facebook", 7: "chat", 8: "mobile app",
    9: "feedback widget", 10: "outbound email", 11: "e-commerce", 12: "bot", 13: "whatsapp",
}  # fmt: skip
_PRIORITIES: Final = {1: "low", 2: "medium", 3: "high", 4: "urgent"}
_OUTBOUND: Final = 10
_SETTLED: Final = {4, 5}  # resolved, closed
_NOTED: Final = {2, 8}  # a note, and what was forwarded to somebody else


class Freshdesk:
    """One file of a download, or of an account export in JSON."""

    name = "Freshdesk"

    def claims(self, path: Path, head: bytes, /) -> bool:
        """As a download of ours, or by the exports' own wrapping."""
        return path.name.startswith("freshdesk-") or b'"helpdesk_ticket"' in head or b'"activities_data"' in head

    def read(self, path: Path, options: Options, staging: Staging, progress: Progress) -> Read:
        """An element that cannot be read is a problem, with its number within the file."""
        return documents.stage(path, self.name, _MAKERS, options, staging, progress)


def ticket(given: Mapping[str, Any]) -> list[Row]:
    """A ticket of the API, or one of the export, with what was said on it."""
    given = given.get("helpdesk_ticket") or given
    number, created = str(given.get("display_id") or given["id"]), at(given["created_at"])
    stats = given.get("stats") or given.get("ticket_states") or {}
    requester, origin = ident(given.get("requester_id")), _origin(given)
    text = given.get("description_text") or words(given.get("description_html") or given.get("description"))
    made: list[Row] = [
        Ticket(
            ticket=number,
            origin=origin,
            channel=given.get("source_name") or _CHANNELS.get(given.get("source") or 0),
            category=ident(given.get("type") or given.get("ticket_type")),
            tag=first(given.get("tags")),
            priority=given.get("priority_name") or _PRIORITIES.get(given.get("priority") or 0),
            customer=requester,
            source_reply_ms=_since(created, stats.get("first_responded_at") or stats.get("first_response_time")),
            source_resolve_ms=_since(created, stats.get("resolved_at")),
        ),
        Event(
            ticket=number,
            at_ms=created,
            kind=Kind.CREATED,
            activity="created",
            status=Status.OPEN,
            actor_kind=Side.AGENT if origin == Origin.PROACTIVE else Side.CUSTOMER,
            actor=ident(given.get("responder_id")) if origin == Origin.PROACTIVE else requester,
            assignee=ident(given.get("responder_id")),
            team=ident(given.get("group_id")),
            length=len(text) if text else None,
            subject=given.get("subject"),
            text=text,
            key="created",
        ),
    ]
    # what is said once it is solved, and leaves it so, opens nothing
    settled = stats.get("resolved_at") or stats.get("closed_at") if given.get("status") in _SETTLED else None
    until = at(settled) if settled else None
    made += [_said(number, requester, note, until) for note in _notes(given) if not note.get("deleted")]
    made += _moments(number, given, stats)
    return made


def _notes(given: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for one in given.get("conversations") or given.get("helpdesk_notes") or given.get("notes") or ():
        yield one.get("note") or one.get("helpdesk_note") or one


def _said(number: str, requester: str | None, note: Mapping[str, Any], settled: int | None) -> Event:
    """A message of the customer, one to them, or a note."""
    text = note.get("body_text") or words(note.get("body_html") or note.get("body"))
    incoming, noted = bool(note.get("incoming")), bool(note.get("private")) or note.get("source") in _NOTED
    moment = at(note["created_at"])
    status = Status.OPEN if incoming else None if noted else Status.WAITING
    return Event(
        ticket=number,
        at_ms=moment,
        kind=Kind.RECEIVED if incoming else Kind.NOTE if noted else Kind.REPLIED,
        status=None if settled is not None and moment >= settled else status,
        actor_kind=Side.CUSTOMER if incoming else Side.AGENT,
        actor=ident(note.get("user_id")) or (requester if incoming else None),
        length=len(text or ""),
        text=text,
        key=ident(note.get("id")),
    )


def _moments(number: str, given: Mapping[str, Any], stats: Mapping[str, Any]) -> Iterator[Event]:
    """When it was solved, closed and last opened again. By whom is not told: who has it is taken for who solved it."""
    agent = ident(given.get("responder_id"))
    solved = stats.get("resolved_at") or stats.get("closed_at")
    for name, moment, status in (
        ("solved", solved, Status.SOLVED),
        ("closed", stats.get("closed_at"), Status.CLOSED),
        ("reopened", stats.get("reopened_at") or stats.get("opened_at"), Status.OPEN),
    ):
        if moment:
            mine = agent if name == "solved" else None
            yield Event(
                ticket=number,
                at_ms=at(moment),
                kind=Kind.STATUS,
                activity=name,
                status=status,
                actor_kind=Side.AGENT if mine else Side.SYSTEM,
                actor=mine,
                key=f"{name} {moment}",
            )


def _origin(given: Mapping[str, Any]) -> str | None:
    if given.get("spam") or given.get("deleted"):
        return Origin.SPAM
    if given.get("source") == _OUTBOUND:
        return Origin.PROACTIVE
    return meanings.origin(str(given.get("source_name") or ""))


def _since(created: int, moment: Any) -> int | None:
    return at(moment) - created if moment else None


def _agent(given: Mapping[str, Any]) -> list[Row]:
    contact = given.get("contact") or given
    return [Person(kind=Side.AGENT, id=str(given["id"]), name=contact.get("name"))]


def _group(given: Mapping[str, Any]) -> list[Row]:
    return [Person(kind="team", id=str(given["id"]), name=given.get("name"))]


def _contact(given: Mapping[str, Any]) -> list[Row]:
    return [Person(kind=Side.CUSTOMER, id=str(given["id"]), name=given.get("name") or given.get("email"))]


def activity(given: Mapping[str, Any]) -> list[Row]:
    """An update of the export of ticket activities: how the ticket stood then, and who and which group got it.

    Groups are named there and numbered elsewhere; notes come with their words.
    """
    number, moment = str(given["ticket_id"]), int(performed(given).timestamp() * 1000)
    by_person = given.get("performer_type") == "user"
    side, actor = ("unknown", ident(given.get("performer_id"))) if by_person else (Side.AUTOMATION, None)
    done, made = given.get("activity") or {}, list[Row]()
    status = meanings.status(str(done.get("status") or ""))
    known: dict[str, Any] = {"ticket": number, "at_ms": moment, "actor_kind": side, "actor": actor}
    if status in set(Status):
        name = str(done["status"])
        # a rule may follow within the second
        made.append(Event(kind=Kind.STATUS, activity=name, status=status, key=f"activity {moment} {name}", **known))
    if assignee := ident(done.get("agent_id")):
        key = f"activity {moment} to {assignee}"
        made.append(Event(kind=Kind.ASSIGNED, activity="assigned", assignee=assignee, key=key, **known))
    if group := str(done.get("group") or "").strip():
        made.append(Person(kind="team", id=f"{NAMED}{group}", name=group))
        key = f"activity {moment} to group {group}"
        made.append(Event(kind=Kind.ASSIGNED, activity="group changed", team=f"{NAMED}{group}", key=key, **known))
    return made


def performed(given: Mapping[str, Any]) -> datetime:
    """When an update was made. Day and month come first there, and newer ones are written as everywhere."""
    text = str(given["performed_at"])
    try:
        return datetime.strptime(text, "%d-%m-%Y %H:%M:%S %z")
    except ValueError:
        found = datetime.fromisoformat(text.replace(" +", "+"))
        if found.tzinfo is None:
            raise ValueError(f"a time without a zone: {text!r}") from None
        return found


_MAKERS: Final[Makers] = {
    "": ticket,
    "tickets": ticket,
    "agents": _agent,
    "groups": _group,
    "contacts": _contact,
    "activities_data": activity,
}
