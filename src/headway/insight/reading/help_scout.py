"""Help Scout: conversations with their threads, users and mailboxes, as its Mailbox API has them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from headway.insight.lake.words import Kind, Origin, Side, Status
from headway.insight.reading import documents
from headway.insight.reading.documents import Makers
from headway.insight.reading.port import Options, Progress, Read
from headway.insight.reading.staged import Event, Person, Row, Ticket
from headway.insight.reading.staging import Staging
from headway.insight.reading.values import at, first, ident, words

_STATUSES: Final = {
    "active": Status.OPEN,
    "open": Status.OPEN,
    "pending": Status.WAITING,
    "closed": Status.SOLVED,
}
_THREADS: Final = {
    "customer": Kind.RECEIVED,
    "beaconchat": Kind.RECEIVED,
    "chat": Kind.RECEIVED,
    "phone": Kind.RECEIVED,
    "message": Kind.REPLIED,
    "reply": Kind.REPLIED,
    "note": Kind.NOTE,
    "forwardparent": Kind.NOTE,
    "forwardchild": Kind.NOTE,
}
_UNSENT: Final = {"draft", "hidden", "underreview"}
_NOBODY: Final = {None, "0", "1"}  # Help Scout itself


class HelpScout:
    """One file of a download, or of documents of its API."""

    name = "Help Scout"

    def claims(self, path: Path, head: bytes, /) -> bool:
        """As a download of ours, or by fields that only its conversations have."""
        return path.name.startswith("helpscout-") or (b'"mailboxId"' in head and b'"primaryCustomer"' in head)

    def read(self, path: Path, options: Options, staging: Staging, progress: Progress) -> Read:
        """An element that cannot be read is a problem, with its number within the file."""
        return documents.stage(path, self.name, _MAKERS, options, staging, progress)


def conversation(given: Mapping[str, Any]) -> list[Row]:
    """A conversation with its threads, oldest first."""
    number, created = str(given.get("number") or given["id"]), at(given["createdAt"])
    threads = sorted((given.get("_embedded") or {}).get("threads") or (), key=lambda one: (one["createdAt"], one["id"]))
    threads = [thread for thread in threads if thread.get("state") not in _UNSENT]
    customer = given.get("primaryCustomer") or {}
    ours = (given.get("createdBy") or {}).get("type") == "user" and (given.get("source") or {}).get("via") != "customer"
    made: list[Row] = [
        Ticket(
            ticket=number,
            origin=Origin.SPAM if given.get("status") == "spam" else Origin.PROACTIVE if ours else None,
            channel=given.get("type"),
            tag=first(given.get("tags")),
            customer=ident(customer.get("id")),
        )
    ]
    made += _person(customer | {"type": "customer"})
    began: Mapping[str, Any] = next((thread for thread in threads if thread.get("type") != "lineitem"), {})
    made.append(_began(number, created, given, began, ours=ours))
    status, assigned = Status.OPEN, None
    for thread in threads:
        made += _person(thread.get("createdBy") or {})
        if thread is not began:
            made += _said(number, thread)
        to = ident((thread.get("assignedTo") or {}).get("id"))
        found = _STATUSES.get(str(thread.get("status")), status)
        made += _changed(number, thread, found if found != status else None, to if to != assigned else None)
        status, assigned = found, to
    if status != Status.SOLVED and given.get("status") == "closed" and given.get("closedAt"):
        by = given.get("closedByUser") or {}
        made += _closed(number, at(given["closedAt"]), by)
    return made


def _began(number: str, created: int, given: Mapping[str, Any], thread: Mapping[str, Any], *, ours: bool) -> Event:
    text = words(thread.get("body"))
    _side, actor = _who(thread)
    return Event(
        ticket=number,
        at_ms=created,
        kind=Kind.CREATED,
        activity="created",
        status=Status.OPEN,
        actor_kind=Side.AGENT if ours else Side.CUSTOMER,
        actor=actor if ours else ident((given.get("primaryCustomer") or {}).get("id")),
        team=ident(given.get("mailboxId")),
        length=len(text) if text else None,
        subject=given.get("subject"),
        text=text,
        key="created",
    )


def _said(number: str, thread: Mapping[str, Any]) -> Iterator[Row]:
    kind = _THREADS.get(str(thread.get("type")))
    if kind is None:
        return
    side, actor = _who(thread)
    if kind == Kind.RECEIVED and side == Side.AGENT:
        kind = Kind.REPLIED
    text = words(thread.get("body"))
    yield Event(
        ticket=number,
        at_ms=at(thread["createdAt"]),
        kind=kind,
        actor_kind=side,
        actor=actor,
        length=len(text or ""),
        text=text,
        key=f"thread {thread['id']}",
    )


def _changed(number: str, thread: Mapping[str, Any], status: str | None, to: str | None) -> Iterator[Row]:
    """What a thread left the conversation in: every one says its status and who has it then."""
    side, actor = _who(thread)
    moment, key = at(thread["createdAt"]), f"thread {thread['id']}"
    if to is not None:
        team = (thread.get("assignedTo") or {}).get("type") == "team"
        yield Event(
            ticket=number,
            at_ms=moment,
            kind=Kind.ASSIGNED,
            activity="group changed" if team else "assigned",
            actor_kind=side,
            actor=actor,
            assignee=None if team else to,
            team=to if team else None,
            key=f"{key} assigned",
        )
    if status is not None:
        yield Event(
            ticket=number,
            at_ms=moment,
            kind=Kind.STATUS,
            activity=str(thread.get("status")),
            status=status,
            actor_kind=side,
            actor=actor,
            key=f"{key} status",
        )


def _closed(number: str, moment: int, by: Mapping[str, Any]) -> Iterator[Row]:
    actor = ident(by.get("id"))
    machine = actor in _NOBODY
    yield Event(
        ticket=number,
        at_ms=moment,
        kind=Kind.STATUS,
        activity="closed",
        status=Status.SOLVED,
        actor_kind=Side.SYSTEM if machine else Side.AGENT,
        actor=None if machine else actor,
        key=f"closed {moment}",
    )


def _who(thread: Mapping[str, Any]) -> tuple[str, str | None]:
    """Who wrote it: a customer, a user of Help Scout, or one of its workflows."""
    action = str((thread.get("action") or {}).get("type") or "")
    by = thread.get("createdBy") or {}
    actor = ident(by.get("id"))
    if by.get("type") == "customer":
        return Side.CUSTOMER, actor
    if "automatic" in action or "workflow" in action or actor in _NOBODY:
        return Side.AUTOMATION, None
    return Side.AGENT, actor


def _person(given: Mapping[str, Any]) -> list[Row]:
    """A name, where one is told."""
    number = ident(given.get("id"))
    if number in _NOBODY or number is None or given.get("type") not in ("customer", "user"):
        return []
    name = " ".join(
        str(part)
        for part in (given.get("first") or given.get("firstName"), given.get("last") or given.get("lastName"))
        if part
    )
    side = Side.CUSTOMER if given["type"] == "customer" else Side.AGENT
    return [Person(kind=side, id=number, name=name or given.get("email"))]


def _mailbox(given: Mapping[str, Any]) -> list[Row]:
    return [Person(kind="team", id=str(given["id"]), name=given.get("name"))]


_MAKERS: Final[Makers] = {
    "": conversation,
    "conversations": conversation,
    "users": lambda given: _person({**given, "type": "user"}),
    "teams": _mailbox,
    "mailboxes": _mailbox,
}
