"""Business hours: when a desk is open, and how much open time lies between two moments.

One rule decides everything: **a moment is open when the clock on the desk's wall, read in the calendar's zone, shows a
time inside one of that day's shifts.** What follows from it when the clocks change:

- A local time that does not exist (the hour skipped in spring) is never shown, so it is never open: a shift of
  01:00–04:00 lasts two hours that night, and one of 02:00–03:00 does not take place.
- A local time that comes twice (the hour repeated in autumn) is open both times: the same shift lasts four hours.
- A day that a zone skips whole, as Samoa did with 30 December 2011, has no open time.

Results are moments in UTC, so no result is ever ambiguous itself. Moments given must carry a zone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from headway.sla.rules.impossible import Impossible

DAY = timedelta(days=1)
MINUTES_A_DAY = 24 * 60

LAST_DAY = date.max - 3 * DAY


class NeverOpen(ValueError):
    """The calendar has not that much open time left, ever."""


@dataclass(frozen=True, order=True)
class Shift:
    """A span of one local day, in minutes after midnight; `closes` is not part of it. 540, 1020 is 09:00–17:00."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= MINUTES_A_DAY:
            raise Impossible("A shift must open before it closes, within one day: %(shift)s", shift=self)

    def __str__(self) -> str:
        return f"{_hhmm(self.opens)}-{_hhmm(self.closes)}"


Day = tuple[Shift, ...]
Span = tuple[datetime, datetime]

CLOSED: Day = ()
ALL_DAY: Day = (Shift(0, MINUTES_A_DAY),)


@dataclass(frozen=True)
class Calendar:
    """A week of shifts in one zone, and days that differ from it.

    `week` holds seven days, Monday first, each with any number of shifts in order. `exceptions` replaces the hours of
    single dates: no shifts is a full holiday, some shifts a partial one (or an extra working day).
    """

    zone: str
    week: tuple[Day, ...]
    exceptions: Mapping[date, Day] = field(default_factory=dict)
    _known: dict[date, tuple[Span, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise Impossible("A week has seven days, Monday first; %(given)d given", given=len(self.week))
        for day in (*self.week, *self.exceptions.values()):
            for earlier, later in pairwise(day):
                if later.opens < earlier.closes:
                    raise Impossible(
                        "Shifts of one day must stand in order and not overlap: %(earlier)s, %(later)s",
                        earlier=earlier,
                        later=later,
                    )
        try:
            ZoneInfo(self.zone)
        except Exception as unknown:
            raise Impossible("There is no time zone %(name)s.", name=self.zone) from unknown

    @property
    def always(self) -> bool:
        """Open every hour of every day."""
        return all(day == ALL_DAY for day in (*self.week, *self.exceptions.values()))

    def shifts(self, day: date) -> Day:
        """The shifts of one local date."""
        return self.exceptions.get(day, self.week[day.weekday()])

    def spans(self, day: date) -> tuple[Span, ...]:
        """The open spans within one UTC day, in order; remembered, since every clock asks for the same few days."""
        if day not in self._known:
            self._known[day] = tuple(_spans_of(self, day))
        return self._known[day]


def always_open(zone: str = "UTC") -> Calendar:
    """Round the clock."""
    return Calendar(zone, (ALL_DAY,) * 7)


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Whether the desk is open at this moment."""
    local = _utc(at).astimezone(ZoneInfo(calendar.zone))
    minute = local.hour * 60 + local.minute
    return any(shift.opens <= minute < shift.closes for shift in calendar.shifts(local.date()))


def open_between(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """How much open time lies in [start, end); zero when the end is not after the start."""
    start, end = _utc(start), _utc(end)
    if calendar.always:
        return max(end - start, timedelta())
    total = timedelta()
    for opens, closes in _spans_from(calendar, start):
        if opens >= end:
            break
        total += max(min(closes, end) - max(opens, start), timedelta())
    return total


def add_open_time(calendar: Calendar, start: datetime, duration: timedelta) -> datetime:
    """The first moment at which `duration` of open time has passed since `start`.

    Eight hours from 09:00 at a desk open 09:00–17:00 end at 17:00 the same day, not at 09:00 the next; no time at all
    ends where it starts, open or closed. Raises NeverOpen when the calendar cannot supply so much.
    """
    start = _utc(start)
    if duration < timedelta():
        raise ValueError(f"Open time cannot be negative: {duration}")
    if not duration:
        return start
    if calendar.always:
        return start + duration
    left = duration
    for opens, closes in _spans_from(calendar, start):
        opens = max(opens, start)
        if closes - opens >= left:
            return opens + left
        left -= max(closes - opens, timedelta())
    raise NeverOpen(f"Only {duration - left} of {duration} are ever open after {start}")


def next_open(calendar: Calendar, at: datetime) -> datetime:
    """This moment when the desk is open, otherwise the moment it opens next. Raises NeverOpen."""
    at = _utc(at)
    for opens, closes in _spans_from(calendar, at):
        if closes > at:
            return max(opens, at)
    raise NeverOpen(f"Never open after {at}")


def _spans_from(calendar: Calendar, start: datetime) -> Iterator[Span]:
    """Open spans in order, from the UTC day of `start` to the end of all open time or of what dates can say."""
    day = start.date()
    last = LAST_DAY if any(calendar.week) else min(max(calendar.exceptions, default=day) + 2 * DAY, LAST_DAY)
    while day <= last:
        yield from calendar.spans(day)
        day += DAY


def _spans_of(calendar: Calendar, day: date) -> Iterator[Span]:
    """Open spans within one UTC day: at each steady offset from UTC, the shifts of the local dates it covers."""
    for begins, ends, offset in _steady(ZoneInfo(calendar.zone), day):
        local = (begins + offset).date()
        while (midnight := datetime(local.year, local.month, local.day, tzinfo=UTC) - offset) < ends:
            for shift in calendar.shifts(local):
                opens = max(midnight + timedelta(minutes=shift.opens), begins)
                closes = min(midnight + timedelta(minutes=shift.closes), ends)
                if opens < closes:
                    yield opens, closes
            local += DAY


def _steady(zone: ZoneInfo, day: date) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """A UTC day cut where the zone's offset changes. None changes twice within one day since 1970."""
    begins = datetime(day.year, day.month, day.day, tzinfo=UTC)
    ends = begins + DAY
    before, after = _offset(zone, begins), _offset(zone, ends)
    if before == after:
        yield begins, ends, before
        return
    low, high = 0, int(DAY.total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, begins + timedelta(seconds=middle)) == before:
            low = middle
        else:
            high = middle
    change = begins + timedelta(seconds=high)
    yield begins, change, before
    if change < ends:
        yield change, ends, after


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"A moment needs a time zone: {at!r}")
    return at.astimezone(UTC)


def _hhmm(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
