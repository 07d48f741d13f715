"""From events to one row of facts for each ticket: SQL files, each making a table that the next one reads."""

from dataclasses import dataclass
from typing import Final

from headway.insight.lake.engine import Lake

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


def derive(lake: Lake, within: Within, calibration: int = 100) -> None:
    """Makes every table the findings read. `calibration` is what estimates of working time are multiplied by, in
    percent."""
    lake.derive("population", since_ms=within.since_ms, until_ms=within.until_ms)
    lake.derive("steps", statuses=int(records_statuses(lake)))
    lake.derive("resolutions")
    lake.derive("reopenings", window_ms=REOPEN_MS, undo_ms=UNDO_MS)
    for name in ("acted", "visits", "recorded", "actions"):
        lake.derive(name)
    for name, cap in CAPS_MS.items():
        lake.derive("typical", f"typical_{name}", cap_ms=cap, percent=50)
        lake.derive("typical_any", f"typical_any_{name}", cap_ms=cap, percent=50)
    lake.derive("typical", "typical_genuine", cap_ms=CAPS_MS["mid"], percent=25)
    lake.derive("typical_any", "typical_any_genuine", cap_ms=CAPS_MS["mid"], percent=25)
    low, mid, high = CAPS_MS["low"], CAPS_MS["mid"], CAPS_MS["high"]
    writes = int(records_writing(lake))
    lake.derive("efforts", percent=calibration, low_ms=low, mid_ms=mid, high_ms=high, writes=writes)
    for name in ("handoffs", "transfers", "turns"):
        lake.derive(name)
    lake.derive("waits", idle_ms=IDLE_MS)
    lake.derive("moves")
    lake.derive("facts", simple_ms=SIMPLE_MS, complex_ms=COMPLEX_MS)


def records_statuses(lake: Lake) -> bool:
    """Whether the source says whom a ticket waits for, beyond that it was created and solved."""
    (found,) = lake.one("SELECT count(*) FROM events WHERE status IN ('open', 'waiting', 'hold') AND kind <> 'created'")
    return bool(found)


def records_writing(lake: Lake) -> bool:
    """Whether the source says when somebody of the team wrote: then taking a ticket is no trace of more."""
    (found,) = lake.one("SELECT count(*) FROM events WHERE kind IN ('replied', 'note') AND actor_kind = 'agent'")
    return bool(found)
