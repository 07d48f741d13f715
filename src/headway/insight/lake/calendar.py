"""The calendar that SQL joins by equality: a row for each quarter of an hour, with its local day and its open time.

Python writes it (`zoneinfo`, the business hours of `sla`), so that no engine needs time zones of its own.
"""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from headway.insight.lake.engine import Lake
from headway.sla.rules.calendars import Calendar

SLOT_MS: Final = 900_000
_DAY: Final = timedelta(days=1)
_SLOTS_A_DAY: Final = 96
_EPOCH: Final = date(1970, 1, 1)


def write(lake: Lake, calendar: Calendar, first_ms: int, last_ms: int) -> None:
    """Fills `calendar(slot, local_day, weekday, hour, open, open_ms_before)` for [first, last] and a day around.

    `local_day` counts days since 1970, `weekday` from Monday as 0. A slot is open when it is open at its begin, so
    business hours are taken to begin and end at a quarter of an hour.
    """
    lake.run(
        "CREATE OR REPLACE TABLE calendar (slot BIGINT, local_day BIGINT, weekday BIGINT, hour BIGINT, open BIGINT, "
        "open_ms_before BIGINT)"
    )
    path = lake.folder / "calendar.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(_slots(calendar, first_ms, last_ms))
    lake.run(f"COPY calendar FROM '{path}' (FORMAT csv, HEADER false)")
    path.unlink()
    lake.hand_over("calendar")


def _slots(calendar: Calendar, first_ms: int, last_ms: int) -> Iterator[tuple[int, ...]]:
    zone = ZoneInfo(calendar.zone)
    day = datetime.fromtimestamp(first_ms / 1000, UTC).date() - _DAY
    last = datetime.fromtimestamp(last_ms / 1000, UTC).date() + _DAY
    before = 0
    while day <= last:
        begin = datetime(day.year, day.month, day.day, tzinfo=UTC)
        spans = [(int((a - begin).total_seconds()), int((b - begin).total_seconds())) for a, b in calendar.spans(day)]
        for number in range(_SLOTS_A_DAY):
            second = number * SLOT_MS // 1000
            local = (begin + timedelta(seconds=second)).astimezone(zone)
            is_open = int(any(opens <= second < closes for opens, closes in spans))
            slot = int(begin.timestamp() * 1000) // SLOT_MS + number
            yield slot, (local.date() - _EPOCH).days, local.weekday(), local.hour, is_open, before
            before += is_open * SLOT_MS
        day += _DAY
