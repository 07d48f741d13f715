"""When people work: days off, leave, and local hours that follow the clocks' changes."""

from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from headway.simulator import company
from headway.simulator.chance import Dice
from headway.simulator.people import Agent

LENGTH = timedelta(hours=8, minutes=30)


class Shifts:
    """The working time of one person over a history, as spans in UTC."""

    def __init__(self, agent: Agent, start: datetime, end: datetime, dice: Dice) -> None:
        days = (end - start).days + 4
        first = start.date() - timedelta(days=2)
        leave = _leave(first, days, dice)
        self._spans = [
            span
            for number in range(days)
            if (day := first + timedelta(days=number)) not in leave and _works(agent, day)
            for span in [_span(agent, day)]
        ]
        self._begins = [begins for begins, _ends in self._spans]

    def next(self, at: datetime) -> datetime | None:
        """This moment when at work, otherwise when the next shift begins; None after the last."""
        index = bisect_right(self._begins, at)
        if index and at < self._spans[index - 1][1]:
            return at
        return self._begins[index] if index < len(self._begins) else None

    def working(self, at: datetime) -> bool:
        """Whether the person is at work."""
        return self.next(at) == at

    def back(self, at: datetime) -> timedelta:
        """How long until the person is at work."""
        begins = self.next(at)
        return timedelta(days=99) if begins is None else begins - at

    def starts(self) -> list[datetime]:
        """Every beginning of a shift."""
        return self._begins


def _works(agent: Agent, day: date) -> bool:
    # who works at weekends is off on Thursday and Friday
    return day.weekday() not in (3, 4) if agent.weekend else day.weekday() < 5


def _span(agent: Agent, day: date) -> tuple[datetime, datetime]:
    minutes = min(agent.start, 8 * 60) if day.weekday() >= 5 else agent.start
    begins = datetime.combine(day, time(minutes // 60, minutes % 60), ZoneInfo(company.ZONE))
    return begins.astimezone(UTC), begins.astimezone(UTC) + LENGTH


def _leave(first: date, days: int, dice: Dice) -> set[date]:
    """A holiday of a week or two in a quarter, and a sick day here and there."""
    away = {first + timedelta(days=number) for number in range(days) if dice.happens(0.015)}
    for _quarter in range(days // 45):
        begins = first + timedelta(days=dice.whole(0, days))
        away |= {begins + timedelta(days=number) for number in range(dice.whole(4, 9))}
    return away
