"""When a mail was written: the Date header in the shapes it comes in, else the newest Received, else nothing."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from typing import Final

_COMMENT: Final = re.compile(r"\([^()]{0,200}\)")
_ISO: Final = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d{1,9})?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_LONGEST: Final = 300
_FIRST_YEAR: Final = 1971
_LAST_YEAR: Final = 2100
_LARGEST_OFFSET: Final = 16 * 3600


def read(text: str) -> datetime | None:
    """An aware time in UTC, or None when the text holds none. A time without a zone counts as UTC."""
    text = _COMMENT.sub(" ", text[:_LONGEST]).strip()
    if not text:
        return None
    return _standard(text) or _iso(text)


def received(text: str) -> datetime | None:
    """The time at the end of a Received header."""
    return read(text.rpartition(";")[2]) if ";" in text else None


def _standard(text: str) -> datetime | None:
    try:
        parts = parsedate_tz(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    if parts is None:
        return None
    offset = parts[9] or 0
    return _made(*parts[:6], offset=offset)


def _iso(text: str) -> datetime | None:
    match = _ISO.search(text)
    if not match:
        return None
    zone = match[7] or "Z"
    offset = 0
    if zone != "Z":
        digits = zone[1:].replace(":", "")
        offset = (int(digits[:2]) * 60 + int(digits[2:])) * (-60 if zone[0] == "-" else 60)
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    return _made(year, month, day, hour, minute, second, offset=offset)


def _made(year: int, month: int, day: int, hour: int, minute: int, second: int, *, offset: int) -> datetime | None:
    if abs(offset) > _LARGEST_OFFSET:
        offset = 0
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        local = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=timezone(timedelta(seconds=offset)))
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
