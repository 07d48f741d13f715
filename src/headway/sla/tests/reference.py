"""The slow, obvious answers: walk every minute and look at the clock on the wall. Whole minutes only."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from headway.sla.rules.calendars import Calendar
from headway.sla.rules.clocks import Fact, Governed, Moved, Prioritised, Replied, Wrote
from headway.sla.rules.targets import Policy, Target

MINUTE = timedelta(minutes=1)


def wall_is_open(calendar: Calendar, at: datetime) -> bool:
    wall = at.astimezone(ZoneInfo(calendar.zone))
    shifts = calendar.exceptions.get(wall.date(), calendar.week[wall.weekday()])
    return any(shift.opens <= wall.hour * 60 + wall.minute < shift.closes for shift in shifts)


def minutes_open(calendar: Calendar, start: datetime, end: datetime) -> int:
    count = 0
    while start < end:
        count += wall_is_open(calendar, start)
        start += MINUTE
    return count


def walk(calendar: Calendar, start: datetime, minutes: int, give_up: datetime) -> datetime | None:
    if minutes == 0:
        return start
    while start < give_up:
        minutes -= wall_is_open(calendar, start)
        start += MINUTE
        if minutes == 0:
            return start
    return None


class StopWatch:
    """A ticket's clock that ticks each minute and remembers when its target was reached."""

    def __init__(self) -> None:
        self.policy: Policy | None = None
        self.priority = "normal"
        self.category = "new"
        self.owed: str | None = None
        self.channel = ""
        self.used = 0
        self.reached: datetime | None = None
        self.ended: list[tuple[str, datetime | None, datetime]] = []

    def run(self, facts: Sequence[Fact], until: datetime) -> datetime | None:
        """When the promise open at the end of the facts is reached, if nothing else happens before `until`."""
        waiting = sorted(facts, key=lambda fact: fact.at)
        now = waiting[0].at
        while waiting or (self.owed and self.reached is None and now < until):
            while waiting and waiting[0].at <= now:
                self.take(waiting.pop(0), now)
                self.look(now)
            self.look(now)
            self.tick(now)
            now += MINUTE
        return self.reached

    def take(self, fact: Fact, now: datetime) -> None:
        match fact:
            case Wrote(_, channel) if self.owed is None:
                self.owed, self.channel = ("next" if self.ended else "first"), channel
                self.used, self.reached = 0, None
            case Replied():
                self.end(now)
            case Moved(_, category):
                if category in ("solved", "closed") and self.category not in ("solved", "closed"):
                    self.end(now)
                self.category = category
            case Prioritised(_, priority):
                self.priority = priority
            case Governed(_, policy):
                self.policy = policy

    def end(self, now: datetime) -> None:
        if self.owed:
            self.ended.append((self.owed, self.reached, now))
        self.owed, self.reached = None, None

    def look(self, now: datetime) -> None:
        target = self.target()
        if target and self.running(target, now) and self.used >= self.allowed(target):
            self.reached = self.reached or now

    def tick(self, now: datetime) -> None:
        target = self.target()
        if target and self.running(target, now):
            self.used += 1
            if self.used >= self.allowed(target):
                self.reached = now + MINUTE

    def running(self, target: Target, now: datetime) -> bool:
        open_now = wall_is_open(target.calendar, now)
        return bool(self.owed and self.reached is None and self.category in ("new", "open") and open_now)

    def target(self) -> Target | None:
        return self.policy.target(self.channel, self.priority) if self.policy else None

    def allowed(self, target: Target) -> float:
        allowed = target.first if self.owed == "first" else target.next
        return float("inf") if allowed is None else allowed / MINUTE
