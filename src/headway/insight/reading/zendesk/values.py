"""Values as Zendesk writes them."""

from typing import Any, Final

from headway.insight.lake.words import Status
from headway.insight.reading.values import ident

STATUSES: Final = {
    "new": Status.OPEN,
    "open": Status.OPEN,
    "pending": Status.WAITING,
    "hold": Status.HOLD,
    "solved": Status.SOLVED,
    "closed": Status.CLOSED,
}
_NOBODY: Final = {"-1", "0"}  # Zendesk itself


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
