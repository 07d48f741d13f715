"""What is preventable, and the other evidence the verdict is judged by."""

from dataclasses import dataclass
from typing import Final

from headway.insight.findings import effort
from headway.insight.findings.context import Context
from headway.insight.findings.weeks import error, slope, whole_weeks
from headway.insight.lake.deriving import HOUR_MS
from headway.insight.rules.verdict import Evidence

_QUARTER: Final = 13  # weeks


@dataclass(frozen=True, slots=True)
class Preventable:
    """Working time in milliseconds over the period: simple tickets' and rework on the others, by estimate."""

    simple_low: int
    simple_high: int
    rework_low: int
    rework_high: int

    @property
    def low(self) -> int:
        """Half of what simple tickets take, by the low estimate."""
        return self.simple_low // 2

    @property
    def high(self) -> int:
        """All of it, with the rework, by the high estimate."""
        return self.simple_high + self.rework_high


def preventable(audit: Context) -> Preventable:
    """The working time that structure can take away."""
    row = audit.lake.single("preventable")
    return Preventable(*(int(row[key] or 0) for key in ("simple_low", "simple_high", "rework_low", "rework_high")))


def evidence(audit: Context) -> Evidence:
    """What the verdict is judged by."""
    growth, shaky = None, 0.0
    weeks = whole_weeks(audit)[-_QUARTER:] if audit.features.solves else []
    if len(weeks) >= 4 and (inflow := sum(week.created for week in weeks)):
        ours, mean = [week.ours for week in weeks], inflow / len(weeks)
        growth, shaky = slope(ours) / mean, error(ours) / mean
    low, mid, high = audit.handle_ms
    if effort.lacking(audit) or not mid:
        return Evidence(None, None, growth, None)
    found = preventable(audit)
    known = audit.money.hours_month and not audit.thin
    occupancy = mid / HOUR_MS / audit.months / audit.money.hours_month if known and audit.money.hours_month else None
    return Evidence(
        found.low / max(low, 1),
        min(1.0, found.high / max(high, 1)),
        growth,
        occupancy,
        not audit.thin,
        shaky,
        high / HOUR_MS / max(audit.person_months, 1),
    )
