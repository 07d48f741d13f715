"""How a column writes its times, told from a sample; as an expression that gives milliseconds or NULL."""

from dataclasses import dataclass
from typing import Final

from headway.insight.lake.engine import Lake

_SAMPLE: Final = 2000
_EPOCH_MS: Final = 100_000_000_000  # 1973 in milliseconds, the year 5138 in seconds
_EPOCH_S: Final = 100_000_000  # 1973: smaller numbers are days, or written like 20260301
_DAY_FIRST: Final = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%d %b %Y", "%d %B %Y")
_MONTH_FIRST: Final = ("%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y", "%b %d, %Y", "%B %d, %Y")
_YEAR_FIRST: Final = ("%Y/%m/%d", "%Y%m%d", "%a, %d %b %Y", "%a %b %d %Y")
_HOURS: Final = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", ", %H:%M", ", %I:%M %p", " %H:%M:%S %z")
_NUMBER: Final = "TRY_CAST({0} AS DOUBLE)"


@dataclass(frozen=True, slots=True)
class Way:
    """One way of writing times. `expression` has {0} for the column."""

    name: str
    expression: str

    def sql(self, column: str) -> str:
        """The expression over a column."""
        return self.expression.format(column)


ISO: Final = Way("ISO 8601", "epoch_ms(TRY_CAST({0} AS TIMESTAMPTZ))")
EPOCH: Final = Way(
    "seconds or milliseconds since 1970",
    f"CAST({_NUMBER} * CASE WHEN {_NUMBER} >= {_EPOCH_MS} THEN 1 WHEN {_NUMBER} >= {_EPOCH_S} THEN 1000 END AS BIGINT)",
)
_SHEET: Final = "days since 1900"  # as spreadsheets keep times, by their own calendar, from 1954 to 2119


def way_of(lake: Lake, table: str, column: str, zone: str) -> Way:
    """How `column` writes times: the way that reads most of a sample.

    Where day and month could be either, the reading under which the file covers the shorter time is taken.
    """
    sample = f"(SELECT {column} AS t FROM {table} WHERE trim({column}) <> '' LIMIT {_SAMPLE})"
    best, best_rank = ISO, (0, 0.0)
    for way in (ISO, EPOCH, *_formats(zone)):
        read, first, last = lake.one(f"SELECT count(e), min(e), max(e) FROM (SELECT {way.sql('t')} AS e FROM {sample})")
        rank = (read, -float((last or 0) - (first or 0)))
        if read and rank > best_rank:
            best, best_rank = way, rank
        if way is EPOCH and best_rank[0] and best_rank[0] == lake.one(f"SELECT count(*) FROM {sample}")[0]:
            break
    return best


def _formats(zone: str) -> list[Way]:
    number = f"CASE WHEN {_NUMBER} BETWEEN 20000 AND 80000 THEN {_NUMBER} END"
    micros = f"make_timestamp(CAST(round(({number} - 25569) * 86400) AS BIGINT) * 1000000)"
    found = [Way(_SHEET, f"epoch_ms(timezone('{zone}', {micros}))")]
    for day in (*_YEAR_FIRST, *_DAY_FIRST, *_MONTH_FIRST):
        for hour in _HOURS:
            pattern = f"{day}{hour}"
            read = f"try_strptime(trim({{0}}), '{pattern}')"
            moment = read if "%z" in hour else f"timezone('{zone}', {read})"
            found.append(Way(pattern, f"epoch_ms({moment})"))
    return found
