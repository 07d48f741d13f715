"""Inflow and outflow by week, from what happened on each local day."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from headway.insight.findings.context import Context

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Week:
    """One week that lies whole within the period, by its Monday; `open` counts what was unresolved at its end, `ours`
    those of them that do not end with waiting for the customer or for others.
    """

    monday: date
    created: int
    resolved: int
    open: int
    ours: int


def whole_weeks(audit: Context) -> list[Week]:
    """The weeks of the period without its ragged ends."""
    rows = audit.lake.named("flow")
    if not rows:
        return []
    days = {row["local_day"]: (int(row["created"]), int(row["resolved"]), int(row["left_to"])) for row in rows}
    first, last = min(days), max(days)
    weeks, unresolved, apart = [], 0, 0
    start = first - (_EPOCH + timedelta(days=first)).weekday()
    while start <= last:
        seven = [days.get(day, (0, 0, 0)) for day in range(start, start + 7)]
        created, resolved, left = (sum(day[place] for day in seven) for place in range(3))
        unresolved += created - resolved
        apart += left
        if start >= first and start + 6 <= last:
            weeks.append(Week(_EPOCH + timedelta(days=start), created, resolved, unresolved, unresolved - apart))
        start += 7
    return weeks


def slope(values: list[int]) -> float:
    """Change a step of the least-squares line; 0 for fewer than two values."""
    n = len(values)
    if n < 2:
        return 0.0
    middle, mean = (n - 1) / 2, sum(values) / n
    above = sum((place - middle) * (value - mean) for place, value in enumerate(values))
    return above / sum((place - middle) ** 2 for place in range(n))


def error(values: list[int]) -> float:
    """The standard error of that change: what weeks that only go up and down show as a slope."""
    n, step = len(values), slope(values)
    if n < 3:
        return 0.0
    middle, mean = (n - 1) / 2, sum(values) / n
    rest = sum((value - mean - step * (place - middle)) ** 2 for place, value in enumerate(values))
    return float(sqrt(rest / (n - 2) / sum((place - middle) ** 2 for place in range(n))))
