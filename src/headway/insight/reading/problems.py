"""Rows of a table that could not be read or not whole: kept with their line and how they begin."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from headway.insight.lake.engine import Lake

MOST: Final = 10**9
_NUMBERS: Final = ("active_minutes", "active_seconds", "reopens")


def numbers(lake: Lake, path: Path, places: Mapping[str, str], condition: str) -> None:
    """Keeps rows whose figures are none; the rest of them counts."""
    for field in _NUMBERS:
        if field in places:
            column = places[field]
            number = number_of(column)
            fits = f"coalesce({number} BETWEEN 0 AND {MOST}, false)"
            unread = f"{condition} AND trim({column}) <> '' AND NOT {fits}"
            keep(lake, path, unread, f"{field} is no number from 0 on; the rest of the row counts")


def number_of(column: str) -> str:
    """A column as a number, in SQL; the last comma before one or two digits is a decimal one (12,5 and 1.234,50)."""
    european = f"regexp_matches(trim({column}), '^[0-9][0-9.]*,[0-9]{{1,2}}$')"
    plain = f"replace(replace(trim({column}), '.', ''), ',', '.')"
    return f"TRY_CAST(CASE WHEN {european} THEN {plain} ELSE {column} END AS DOUBLE)"


def keep(lake: Lake, path: Path, condition: str, reason: str) -> None:
    """Keeps the rows of `raw` under a condition as problems. The header is line one."""
    columns = lake.rows(
        "SELECT column_name FROM information_schema.columns WHERE table_name = 'raw' AND column_name <> 'row'"
    )
    shown = ", ".join(name for (name,) in columns)
    lake.run(
        f"INSERT INTO problems (file, line, reason, excerpt) "
        f"SELECT ?, row + 1, ?, left(concat_ws(' | ', {shown}), 200) FROM raw WHERE {condition} ORDER BY row",
        [path.name, reason],
    )
