"""Times as exports write them. One column is read in one way, told from its first values."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

Reading = Callable[[str], datetime]

_EPOCH_MS: Final = 100_000_000_000  # 1973 in milliseconds, the year 5138 in seconds
_DAYS: Final = ("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%Y/%m/%d", "%d %b %Y", "%b %d, %Y", "%b %d %Y")
_HOURS: Final = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", ", %H:%M", ", %I:%M %p")


def moment(value: object, zone: str = "UTC") -> datetime:
    """A time as ISO 8601 or as a number of seconds or milliseconds. Raises ValueError."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return datetime.fromtimestamp(value / (1000 if value >= _EPOCH_MS else 1), UTC)
    text = str(value).strip()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        # the zone as a word behind it, as spreadsheets' exports have it
        found = datetime.fromisoformat(text.removesuffix(" UTC").replace(" +", "+", 1))
    return found.replace(tzinfo=ZoneInfo(zone)) if found.tzinfo is None else found


def way_of(samples: Sequence[str], zone: str) -> Reading:
    """How these values are written: the way that reads most of them.

    Where day and month could be either, the reading under which the values lie closer together is taken.
    """
    given = [text for text in samples if text.strip()][:500]
    best, best_rank = _plain(zone), (-1, 0.0)
    for way in (_plain(zone), *(_pattern(day + hour, zone) for day in _DAYS for hour in _HOURS)):
        read = [found for text in given if (found := _tried(way, text)) is not None]
        spread = (max(read) - min(read)).total_seconds() if read else 0.0
        if (len(read), -spread) > best_rank:
            best, best_rank = way, (len(read), -spread)
    return best


def _plain(zone: str) -> Reading:
    def read(text: str) -> datetime:
        plain = text.strip()
        return moment(float(plain) if plain.replace(".", "", 1).isdigit() and len(plain) > 8 else plain, zone)

    return read


def _pattern(pattern: str, zone: str) -> Reading:
    return lambda text: datetime.strptime(text.strip(), pattern).replace(tzinfo=ZoneInfo(zone))


def _tried(way: Reading, text: str) -> datetime | None:
    try:
        return way(text)
    except (ValueError, OverflowError, OSError):
        return None
