"""Filters typed into a search (`from:dana -tag:vip before:2026-03`): how they are written, read and completed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

KEYS = (
    "from", "to", "assignee", "is", "status", "priority", "tag", "channel", "brand", "org", "before", "after", "has",
)  # fmt: skip
STATES = (
    "open", "unread", "followed", "unanswered", "new", "waiting", "hold", "solved", "closed", "unassigned",
    "snoozed", "merged", "spam",
)  # fmt: skip
PRIORITIES = ("low", "normal", "high", "urgent")
CHANNELS = ("email", "form", "chat", "phone", "api")
DAYS = ("today", "yesterday", "7d", "30d", "3m", "1y")
MOST_PARTS = 16
MOST_VALUE = 100

_TOKEN = re.compile(r'(-?)(?:([A-Za-z]+):(?:"([^"]*)"?|(\S*))|"[^"]*"?|\S+)')
_SCHEMES = frozenset({"http", "https", "mailto", "ftp", "tel", "re", "aw", "fw", "fwd", "wg", "sv"})
_BARE = re.compile(r'[^\s"]+')
_AGO = re.compile(r"(\d{1,4})([dwmy])")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DAYS_IN = {"d": 1, "w": 7, "m": 30, "y": 365}


@dataclass(frozen=True, slots=True)
class Part:
    """One filter, its value as it was typed."""

    key: str
    value: str
    unwanted: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """A search taken apart: filters, and the words that are left. `unknown` looked like filters and are words."""

    words: str
    parts: tuple[Part, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unfinished:
    """The token somebody is typing: a key (`key` is ""), or a value of `key`; it begins at `start`."""

    start: int
    key: str
    begun: str
    unwanted: bool


def parse(text: str) -> Typed:
    """Takes a search apart. Never fails: what is no filter is a word; a filter without a value yet says nothing."""
    words: list[str] = []
    parts: list[Part] = []
    unknown: list[str] = []
    for found in _TOKEN.finditer(text.replace("\x00", " ")):
        minus, key, quoted, bare = found.groups()
        value = (quoted if quoted is not None else bare or "").strip()[:MOST_VALUE]
        if key is None:
            words.append(found[0])
        elif key.lower() not in KEYS:
            words.append(found[0])
            if value and not value.startswith("//") and key.lower() not in _SCHEMES:
                unknown.append(f"{key}:")
        elif value and len(parts) < MOST_PARTS:
            parts.append(Part(key.lower(), value, bool(minus)))
    return Typed(" ".join(words), tuple(parts), tuple(dict.fromkeys(unknown)))


def write(part: Part) -> str:
    """A filter as it is typed; `parse` reads it back. A quote mark cannot stand in a value and is left out."""
    value = part.value.replace('"', "")
    written = value if _BARE.fullmatch(value) else f'"{value}"'
    return f"{'-' if part.unwanted else ''}{part.key}:{written}"


def unfinished(text: str) -> Unfinished | None:
    """What is being typed at the end of `text`; None after a space, and in a word that cannot become a filter."""
    last = next(reversed(list(_TOKEN.finditer(text))), None)
    if last is None or last.end() != len(text):
        return Unfinished(len(text), "", "", False)
    minus, key, quoted, bare = last.groups()
    if key is None:
        begun = last[0][len(minus) :]
        return Unfinished(last.start(), "", begun.lower(), bool(minus)) if begun.isalpha() or not begun else None
    if key.lower() not in KEYS or (quoted is not None and text.endswith('"') and not last[0].endswith(':"')):
        return None
    return Unfinished(last.start(), key.lower(), quoted if quoted is not None else bare or "", bool(minus))


def day(value: str, today: date) -> date | None:
    """The day a value means: 2026-03-01, 2026-03 and 2026 (their first), today, yesterday, 7d, 2w, 3m, 1y ago."""
    written = value.lower()
    if written in ("today", "yesterday"):
        return today - timedelta(days=written == "yesterday")
    if ago := _AGO.fullmatch(written):
        try:
            return today - timedelta(days=int(ago[1]) * _DAYS_IN[ago[2]])
        except OverflowError:
            return None
    if found := _DATE.fullmatch(written):
        year, month, on = (int(part) if part else 1 for part in found.groups())
        try:
            return date(year, month, on)
        except ValueError:
            return None
    return None


def named(value: str, known: Sequence[tuple[int, str]]) -> list[int]:
    """The ids a name means: the very name, else names that begin with it, else any that contain it."""
    wanted = value.casefold()
    for fits in (str.__eq__, str.startswith, str.__contains__):
        if ids := [pk for pk, name in known if fits(name.casefold(), wanted)]:
            return ids
    return []
