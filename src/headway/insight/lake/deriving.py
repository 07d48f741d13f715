"""From events to one row of facts for each ticket: SQL files, each making a table that the next one reads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from headway.insight.lake.engine import Lake

PART: Final = "Tables made of it"
MINUTE_MS: Final = 60_000
HOUR_MS: Final = 3_600_000
DAY_MS: Final = 86_400_000
FAR_MS: Final = 2**53

# The caps of a gap between two actions, and so the range of the handle-time estimate.
CAPS_MS: Final = {"low": 8 * MINUTE_MS, "mid": 15 * MINUTE_MS, "high": 30 * MINUTE_MS}
IDLE_MS: Final = DAY_MS
REOPEN_MS: Final = 14 * DAY_MS
UNDO_MS: Final = 10 * MINUTE_MS
SIMPLE_MS: Final = 5 * MINUTE_MS
COMPLEX_MS: Final = 20 * MINUTE_MS


@dataclass(frozen=True, slots=True)
class Within:
    """Which tickets: those created in [since, until), in milliseconds."""

    since_ms: int = -FAR_MS
    until_ms: int = FAR_MS


def derive(
    lake: Lake, within: Within, calibration: int = 100, progress: Callable[[str, int], None] = lambda _part, _done: None
) -> None:
    """Makes every table the findings read. `calibration` is what estimates of working time are multiplied by, in
    percent."""
    tables = _tables(within, calibration, int(records_statuses(lake)), int(records_writing(lake)))
    for number, one in enumerate(tables, start=1):
        lake.derive(one.name, **one.numbers)
        progress(PART, number)


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    numbers: Mapping[str, int] = field(default_factory=dict)


def _tables(within: Within, calibration: int, statuses: int, writes: int) -> Sequence[_Table]:
    caps = {f"{name}_ms": cap for name, cap in CAPS_MS.items()}
    return (
        _Table("population", {"since_ms": within.since_ms, "until_ms": within.until_ms}),
        _Table("steps", {"statuses": statuses}),
        _Table("resolutions"),
        _Table("reopenings", {"window_ms": REOPEN_MS, "undo_ms": UNDO_MS}),
        *map(_Table, ("acted", "visits", "recorded", "actions")),
        _Table("gaps", {"most_ms": CAPS_MS["high"]}),
        _Table("typical", caps),
        _Table("typical_any", caps),
        _Table("efforts", {"percent": calibration, **caps, "writes": writes}),
        *map(_Table, ("handoffs", "transfers", "turns")),
        _Table("waits", {"idle_ms": IDLE_MS}),
        _Table("moves"),
        _Table("facts", {"simple_ms": SIMPLE_MS, "complex_ms": COMPLEX_MS}),
    )


TABLES: Final = len(_tables(Within(), 100, 0, 0))


def categorise(lake: Lake, within: Within) -> None:
    """Makes anew what carries categories, after `asked` was filled."""
    lake.hand_over("asked")
    lake.derive("population", since_ms=within.since_ms, until_ms=within.until_ms)
    lake.derive("facts", simple_ms=SIMPLE_MS, complex_ms=COMPLEX_MS)


def records_statuses(lake: Lake) -> bool:
    """Whether the source says whom a ticket waits for, beyond that it was created and solved."""
    (found,) = lake.one("SELECT count(*) FROM events WHERE status IN ('open', 'waiting', 'hold') AND kind <> 'created'")
    return bool(found)


def records_writing(lake: Lake) -> bool:
    """Whether the source says when somebody of the team wrote: then taking a ticket is no trace of more."""
    (found,) = lake.one("SELECT count(*) FROM events WHERE kind IN ('replied', 'note') AND actor_kind = 'agent'")
    return bool(found)
