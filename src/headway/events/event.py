"""What an event is, and how it is written down and read back."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, Generic, TypeVar

import msgspec

from headway.events.actor import Actor

Data = dict[str, Any]
Upcaster = Callable[[Data], Data]

_kinds: dict[str, type["Event"]] = {}
_upcasters: dict[tuple[str, int], Upcaster] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, in the past tense, carrying ids, enumerations and numbers only.

    A subclass names its `kind` once and for ever. Fields are only added, with defaults; anything else takes a new
    `version` and an upcaster from the old one.
    """

    kind: ClassVar[str] = ""
    version: ClassVar[int] = 1
    subject_kind: ClassVar[str] = ""
    # which field holds the subject's id; a ticket's events use ticket_id
    subject_field: ClassVar[str] = "subject_id"

    def __init_subclass__(cls, **options: Any) -> None:
        # not super(): a dataclass with slots is made twice, and the first has no valid class cell
        kind = cls.__dict__.get("kind")
        if kind:
            _kinds[kind] = cls

    @property
    def subject(self) -> int:
        """The id of what this is about."""
        return int(getattr(self, self.subject_field))

    @property
    def ticket(self) -> int | None:
        """The ticket it belongs to, if any."""
        value = getattr(self, "ticket_id", None)
        return None if value is None else int(value)

    def data(self) -> Data:
        """What the journal's `data` column holds: every field but the subject and the ticket."""
        return {name: msgspec.to_builtins(getattr(self, name)) for name in _own_fields(self.kind)}


@cache
def _own_fields(kind: str) -> list[str]:
    skipped = {_kinds[kind].subject_field, "ticket_id"}
    return [entry.name for entry in fields(_kinds[kind]) if entry.name not in skipped]


E = TypeVar("E", bound=Event, covariant=True)


@dataclass(frozen=True, slots=True)
class Recorded(Generic[E]):
    """An event with the circumstances the journal knows: its id, when, who, and what led to it."""

    id: int
    event: E
    at: datetime
    recorded_at: datetime
    actor: Actor
    cause_id: int | None


def kinds() -> dict[str, type[Event]]:
    """Every kind of event that exists, by name."""
    return dict(_kinds)


def upcaster(kind: str, version: int) -> Callable[[Upcaster], Upcaster]:
    """Registers a pure function that turns the data of `kind` at `version` into that of `version + 1`."""

    def register(function: Upcaster) -> Upcaster:
        _upcasters[kind, version] = function
        return function

    return register


def revive(kind: str, version: int, subject_id: int, ticket_id: int | None, data: Data) -> Event:
    """The event that was written down, brought up to today's version. Raises LookupError for an unknown kind."""
    event_class = _kinds[kind]
    while version < event_class.version:
        data = _upcasters[kind, version](data)
        version += 1
    known = {entry.name for entry in fields(event_class)}
    values = {name: value for name, value in data.items() if name in known}
    if "ticket_id" in known:
        values["ticket_id"] = ticket_id
    values[event_class.subject_field] = subject_id
    return msgspec.convert(values, event_class)
