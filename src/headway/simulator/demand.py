"""When customers write: by hour and weekday, growing slowly, with a spike in one topic now and then."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from headway.simulator import company
from headway.simulator.chance import Dice
from headway.simulator.plan import Plan

# Local hours from midnight: cafés ask before they open, after the rush of the morning, and when the day is counted.
HOURS = (2, 1, 1, 1, 2, 6, 16, 34, 58, 78, 88, 80, 62, 60, 72, 76, 70, 62, 52, 44, 34, 24, 14, 6)
WEEKDAYS = (1.22, 1.10, 1.04, 1.0, 1.02, 0.62, 0.40)
# The share of each hour in a mean day.
_TOTAL = sum(HOURS)
_WEEK = sum(WEEKDAYS) / 7


def arrivals(plan: Plan, dice: Dice) -> Iterator[tuple[datetime, str | None]]:
    """The moments at which somebody writes, in order, with the topic where a spike made them write (else None)."""
    zone = ZoneInfo(company.ZONE)
    hour = plan.start.replace(minute=0, second=0, microsecond=0)
    while hour < plan.end:
        local = hour.astimezone(zone)
        share = HOURS[local.hour] / _TOTAL * WEEKDAYS[local.weekday()] / _WEEK
        progress = (hour - plan.start) / (plan.end - plan.start)
        usual = plan.tickets_per_day * share * (1 - company.TREND / 2 + company.TREND * progress)
        found: list[tuple[datetime, str | None]] = [(_within(hour, dice), None) for _ in range(dice.poisson(usual))]
        for spike in company.SPIKES:
            if spike.begins <= progress < spike.ends and spike.topic in plan.topics:
                extra = plan.tickets_per_day * share * spike.times * plan.topics[spike.topic]
                found += [(_within(hour, dice), spike.topic) for _ in range(dice.poisson(extra))]
        yield from sorted((at, topic) for at, topic in found if plan.start <= at < plan.end)
        hour += timedelta(hours=1)


def _within(hour: datetime, dice: Dice) -> datetime:
    return hour + timedelta(seconds=dice.whole(0, 3599))
