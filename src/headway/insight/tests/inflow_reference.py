"""How much comes in, when, and from how many, again: slow and obvious."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from headway.insight.tests.desk_reference import Desk

MONTH_DAYS = 30.4375


@dataclass
class Week:
    """From Monday to Sunday, local time."""

    monday: date
    created: int
    resolved: int
    open: int


def weeks(whole: Desk, zone: str) -> list[Week]:
    """Those that lie whole between the first and the last day on which a ticket was created or resolved."""
    came = [_local(story.created_ms, zone).date() for story in whole.stories]
    went = [_local(at, zone).date() for story in whole.stories if (at := story.facts.resolved_ms) is not None]
    first, last = min(came + went), max(came + went)
    monday = first + timedelta(days=-first.weekday() % 7)
    found = []
    while monday + timedelta(days=6) <= last:
        after = monday + timedelta(days=7)
        pile = sum(day < after for day in came) - sum(day < after for day in went)
        found.append(Week(monday, _in(came, monday, after), _in(went, monday, after), pile))
        monday = after
    return found


def _in(days: list[date], begin: date, end: date) -> int:
    return sum(begin <= day < end for day in days)


def rise(values: list[int]) -> float:
    """The slope of the straight line that comes nearest."""
    n, places = len(values), range(len(values))
    sums = n * sum(p * v for p, v in zip(places, values, strict=True)) - sum(places) * sum(values)
    return sums / (n * sum(p * p for p in places) - sum(places) ** 2)


def busiest(whole: Desk, zone: str) -> float:
    """The share of the weekday on which most tickets come."""
    days = Counter(_local(story.created_ms, zone).weekday() for story in whole.stories)
    return max(days.values()) / len(whole.stories)


def office(whole: Desk, zone: str) -> float:
    """The share that comes from Monday to Friday, 9 to 17."""
    times = [_local(story.created_ms, zone) for story in whole.stories]
    return sum(time.weekday() < 5 and 9 <= time.hour < 17 for time in times) / len(times)


def contacts(whole: Desk, customers: int) -> dict[str, float]:
    """The contact rate, and who writes again and again."""
    begun = min(story.created_ms for story in whole.stories)
    months = max((whole.end_ms - begun) / 86_400_000, 1) / MONTH_DAYS
    asked = Counter(story.row.customer for story in whole.stories if story.row.customer)
    known = sum(asked.values())
    return {
        "per_100_month": len(whole.stories) * 100 / customers / months,
        "asking": len(asked),
        "tickets_each": known / len(asked) if asked else 0,
        "often_share": sum(n for n in asked.values() if n >= 3) / known if known else 0,
    }


def _local(ms: int, zone: str) -> datetime:
    return datetime.fromtimestamp(ms / 1000, ZoneInfo(zone))
