"""What readers say, in the source's own ids: the rows of the staged tables."""

from dataclasses import dataclass
from typing import Final

NAMED: Final = "\x1f"  # before a team's name, where a source tells that and not its id; no id begins so


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened on a ticket; the words are those of `lake/words.py`. Times in milliseconds.

    Where only another file tells who somebody is, `actor_kind` is unknown, and `kind` message for a public one; both
    are settled in the end. A `fallback` event counts only on tickets of which nothing else is known. `key` is the
    source's own id within the ticket: what comes again with the same counts once, as it came last.
    """

    ticket: str
    at_ms: int
    kind: str = "step"
    activity: str | None = None
    status: str | None = None
    actor_kind: str = "system"
    actor: str | None = None
    assignee: str | None = None
    team: str | None = None
    length: int | None = None
    active_ms: int | None = None
    courtesy: int = 0
    subject: str | None = None
    text: str | None = None
    fallback: int = 0
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What a source says of a whole ticket; several rows of one ticket fill each other's gaps, the later wins."""

    ticket: str
    origin: str | None = None
    channel: str | None = None
    category: str | None = None
    tag: str | None = None
    priority: str | None = None
    customer: str | None = None
    source_reply_ms: int | None = None
    source_resolve_ms: int | None = None
    source_reopens: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A name for an id. `kind` is agent, customer, team, automation or system."""

    kind: str
    id: str
    name: str | None = None
    tier: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A row that could not be read. `line` counts from one within the file; `excerpt` is how the row begins."""

    file: str
    line: int
    reason: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """Rows of a source that are none of a ticket's story, with the reason: counted, not kept."""

    file: str
    reason: str
    count: int


Row = Event | Ticket | Person | Problem | Excluded
TABLES: Final[dict[type[Row], str]] = {
    Event: "staged_events",
    Ticket: "staged_tickets",
    Person: "staged_people",
    Problem: "problems",
    Excluded: "excluded",
}
