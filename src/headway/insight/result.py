"""What an audit is asked, and what it answers. Terminal, report and JSON show the same `Result`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from headway.insight.findings.features import Money
from headway.insight.findings.finding import Found, Off, Spec
from headway.insight.findings.front import Front
from headway.insight.lake.deriving import Within
from headway.insight.lake.engine import MEMORY_MB
from headway.insight.reading.port import Options, Read

SILENT_DAYS: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the person who runs the audit entered."""

    reading: Options = field(default_factory=Options)
    money: Money = field(default_factory=Money)
    within: Within = field(default_factory=Within)
    names: bool = False
    hours: str = ""
    memory_mb: int = MEMORY_MB
    silent_days: int = SILENT_DAYS
    customers: int | None = None
    threads: int = 1


@dataclass(frozen=True, slots=True)
class Trust:
    """What was read, left out and why, and where categories come from: "field", "tag", "field or tag", "question" (then
    `clustered` is the share of tickets with one), or nothing. `shown_problems` are the first of `problems`, rows
    that could not be read or not whole; `shown_disordered` the first of those that are `disordered`, which count.
    """

    reads: tuple[Read, ...]
    problems: int
    shown_problems: tuple[tuple[str, int, str, str], ...]
    excluded: tuple[tuple[str, int], ...]
    silent_days: int | None
    category_from: str = ""
    clustered: float | None = None
    disordered: int = 0
    shown_disordered: tuple[tuple[str, int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """Everything an audit found. The period is [first, last] of the counted tickets' events, in milliseconds."""

    tickets: int
    counted: int
    events: int
    period_ms: tuple[int, int]
    trust: Trust
    front: Front
    findings: Mapping[str, tuple[Spec, Found | Off]]
    money: Money
    zone: str

    @property
    def days(self) -> tuple[str, str]:
        """The first and the last day of the period where the reader is."""
        zone = ZoneInfo(self.zone)
        first, last = (datetime.fromtimestamp(ms / 1000, zone).date().isoformat() for ms in self.period_ms)
        return first, last


def moment(ms: int) -> str:
    """A moment for programs: ISO 8601 in UTC."""
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds")
