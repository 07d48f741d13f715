"""How long to wait before a help desk is asked again. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from headway.foundation.clock import now

TRIES: Final = 12
_FAILURES: Final = 5  # a connection that cannot be made is not tried longer
_LONGEST: Final = 3600.0
_STEP: Final = 60.0
_MOMENT: Final = 1_000_000_000  # larger numbers are moments, not durations
_SAYS: Final = ("retry-after", "x-ratelimit-retry-after", "ratelimit-reset", "x-ratelimit-reset")
_LEFT: Final = ("ratelimit-remaining", "x-ratelimit-remaining", "x-ratelimit-remaining-minute")


def failed(attempt: int) -> float | None:
    """Seconds until the next try after one that reached nobody; None when it was the last."""
    return None if attempt >= _FAILURES else float(2**attempt)


def told(attempt: int, headers: Mapping[str, str]) -> float | None:
    """Seconds that the server asks for, else ever longer; None when it was the last try."""
    if attempt >= TRIES - 1:
        return None
    asked = _asked(headers)
    return min(2.0**attempt, _STEP) if asked is None else asked


def spent(headers: Mapping[str, str]) -> float:
    """Seconds to wait behind an answer that says it was the last one allowed for now; 0 for any other."""
    if any(headers.get(name, "").strip() == "0" for name in _LEFT):
        return _asked(headers) or 0.0
    return 0.0


def _asked(headers: Mapping[str, str]) -> float | None:
    for name in _SAYS:
        text = headers.get(name, "").strip()
        seconds = _seconds(text) if text else None
        if seconds is not None:
            return min(max(seconds, 0.0), _LONGEST)
    return None


def _seconds(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return None
        return (moment.replace(tzinfo=moment.tzinfo or UTC) - now()).total_seconds()
    if number >= _MOMENT:
        return (datetime.fromtimestamp(number, UTC) - now()).total_seconds()
    return number
