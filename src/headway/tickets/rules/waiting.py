"""Since when a customer waits, and until when a ticket rests, told from what happened to it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

# Why a ticket moved when it only went back to where it was.
UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of a ticket's journal."""

    id: int
    kind: str
    at: datetime
    data: Mapping[str, Any]


def waiting_since(story: Sequence[Told]) -> datetime | None:
    """When the customer wrote first since we last answered or solved it. Machines and bare thanks wait for nothing."""
    since = None
    for each in _standing(story):
        match each.kind:
            case "message.received" if not _any(each, "automatic", "thanks", "held"):
                since = since or each.at
            case "message.admitted":
                since = since or each.at
            case "message.written" if not _any(each, "automatic"):
                since = None
            case "ticket.solved" | "ticket.closed":
                since = None
    return since


def snoozed_until(story: Sequence[Told], now: datetime) -> datetime | None:
    """Until when it was last put to rest, unless it woke or that time has come."""
    until = None
    for each in _standing(story):
        if each.kind == "ticket.snoozed":
            until = datetime.fromtimestamp(each.data["until_ms"] / 1000, UTC)
        elif each.kind in ("ticket.woken", "ticket.solved", "ticket.closed"):
            until = None
    return until if until is not None and until > now else None


def _standing(story: Sequence[Told]) -> list[Told]:
    """Without what was taken back."""
    undone = {number for each in story for number in each.data.get("undone_ids", ())}
    return [each for each in story if each.id not in undone]


def _any(each: Told, *names: str) -> bool:
    return any(each.data.get(name) for name in names)
