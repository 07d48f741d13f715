"""Values as Zendesk writes them."""

from datetime import datetime
from typing import Any, Final

from headway.insight.lake.words import Status

STATUSES: Final = {
    "new": Status.OPEN,
    "open": Status.OPEN,
    "pending": Status.WAITING,
    "hold": Status.HOLD,
    "solved": Status.SOLVED,
    "closed": Status.CLOSED,
}
_NOBODY: Final = {"-1", "0"}  # Zendesk itself


def at(value: Any) -> int:
    """A time in milliseconds: seconds since 1970, or ISO 8601."""
    if isinstance(value, int | float):
        return int(value * 1000)
    moment = datetime.fromisoformat(str(value))
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {value!r}")
    return int(moment.timestamp() * 1000)


def ident(value: Any) -> str | None:
    """An id as text; None when there is none."""
    return None if value is None or value == "" else str(value)


def minutes(value: Any) -> int | None:
    """Milliseconds of a figure of the metric set, which are calendar minutes."""
    found = value.get("calendar") if isinstance(value, dict) else None
    return None if found is None else int(found) * 60_000


def who(updater: Any, via: Any) -> tuple[str, str | None]:
    """Who acts, and its id: a rule and Zendesk itself are automation; of anybody else the users tell."""
    channel = via.get("channel") if isinstance(via, dict) else via
    found = ident(updater)
    if str(channel).lower() == "rule" or found in _NOBODY:
        return "automation", None
    return ("system", None) if found is None else ("unknown", found)
