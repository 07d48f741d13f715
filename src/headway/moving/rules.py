"""Where a ticket of the past stands, told from what was said and what became of it. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

_SYSTEM = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
UNSOLVED = ("new", "open", "waiting", "hold")
# How close our figure and the source's must be to agree: a minute, and what rounding to minutes adds.
CLOSE_MS = 120_000


@dataclass(frozen=True, slots=True)
class Turn:
    """Something said publicly, by the customer or by us; `machine`: by a rule."""

    at: datetime
    ours: bool
    machine: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """The ticket went to another category."""

    at: datetime
    category: str
    key: str
    author: str = ""


def is_system(name: str) -> bool:
    """Whether a system may be called so: its name stands within keys, before a colon."""
    return _SYSTEM.fullmatch(name) is not None


def waiting_since(category: str, turns: Sequence[Turn]) -> datetime | None:
    """The oldest word of the customer that no person has answered; None once it is solved."""
    if category not in UNSOLVED:
        return None
    since = None
    for turn in turns:
        if not turn.machine:
            since = None if turn.ours else since or turn.at
    return since


def first_reply(turns: Sequence[Turn]) -> datetime | None:
    """When a person of ours first wrote."""
    return next((turn.at for turn in turns if turn.ours and not turn.machine), None)


def likely_moves(
    category: str,
    *,
    turns: Sequence[Turn],
    created_at: datetime,
    updated_at: datetime,
    solved_at: datetime | None,
    closed_at: datetime | None,
) -> list[Move]:
    """The moves to where a ticket stands, where nothing tells of them: open by the first answer, solved, closed."""
    replied = first_reply(turns)
    last = max((turn.at for turn in turns if turn.ours), default=None)
    found: list[Move] = []
    if replied is not None and category != "new":
        found.append(Move(replied, "open", "open"))
    elif category == "open":
        found.append(Move(created_at, "open", "open"))
    if category in ("waiting", "hold"):
        found.append(_at(last or updated_at, category))
    if category in ("solved", "closed"):
        found.append(_at(solved_at or (last if last and category == "closed" else None) or updated_at, "solved"))
    if category == "closed":
        found.append(_at(max(closed_at or updated_at, found[-1].at), "closed"))
    return found


def _at(at: datetime, category: str) -> Move:
    return Move(at, category, f"{category}:{int(at.timestamp())}")


def agrees(ours: int | None, theirs: int | None) -> bool:
    """Whether two durations in milliseconds say the same."""
    if ours is None or theirs is None:
        return ours == theirs
    return abs(ours - theirs) <= CLOSE_MS
