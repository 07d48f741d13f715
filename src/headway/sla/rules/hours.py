"""Business hours as people write them: "mon-fri 09:00-12:30 13:30-18:00; sat 10:00-14:00"."""

import re
from collections.abc import Iterable

from headway.sla.rules.calendars import MINUTES_A_DAY, Day, Shift
from headway.sla.rules.impossible import Impossible

NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SHIFT = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")


def week(text: str) -> tuple[Day, ...]:
    """Seven days of shifts, Monday first, from lines or `;`-separated parts of days and their hours.

    Days not named are closed. A shift that ends at or before its start runs over midnight and belongs to both days
    (`fri 22:00-06:00` opens Saturday 00:00–06:00 too, and a holiday on Saturday closes that part). Overlaps join.
    """
    minutes: list[list[tuple[int, int]]] = [[] for _ in NAMES]
    for part in filter(None, (piece.strip() for piece in re.split(r"[;\n]", text))):
        days, *spans = part.split()
        for day in _days(days):
            for opens, closes in map(_span, spans):
                if closes > opens:
                    minutes[day].append((opens, closes))
                    continue
                minutes[day].append((opens, MINUTES_A_DAY))
                if closes:
                    minutes[(day + 1) % 7].append((0, closes))
    return tuple(_joined(day) for day in minutes)


def day(text: str) -> Day:
    """The shifts of one date, for a holiday: "" is closed all day, "09:00-12:00" is open in the morning only."""
    spans = [_span(span) for span in text.split()]
    if any(closes <= opens for opens, closes in spans):
        raise Impossible("The hours of a single date end by 24:00: %(hours)s", hours=text)
    return _joined(spans)


def written(shifts: Day) -> str:
    """The opposite of `day`."""
    return " ".join(map(str, shifts))


def _days(text: str) -> Iterable[int]:
    first, _, last = text.lower().partition("-")
    try:
        start, end = NAMES.index(first), NAMES.index(last or first)
    except ValueError:
        raise Impossible("Days are written mon to sun, or mon-fri: %(days)s", days=text) from None
    return [(start + step) % 7 for step in range((end - start) % 7 + 1)]


def _span(text: str) -> tuple[int, int]:
    match = SHIFT.fullmatch(text)
    if match is None:
        raise Impossible("Hours are written 09:00-17:00: %(hours)s", hours=text)
    opens_hour, opens_minute, closes_hour, closes_minute = map(int, match.groups())
    opens, closes = opens_hour * 60 + opens_minute, closes_hour * 60 + closes_minute
    if opens_minute > 59 or closes_minute > 59 or opens >= MINUTES_A_DAY or closes > MINUTES_A_DAY:
        raise Impossible("Hours run from 00:00 to 24:00: %(hours)s", hours=text)
    return opens, closes


def _joined(spans: list[tuple[int, int]]) -> Day:
    joined: list[tuple[int, int]] = []
    for opens, closes in sorted(spans):
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], closes))
        else:
            joined.append((opens, closes))
    return tuple(Shift(opens, closes) for opens, closes in joined)
