"""Rows of a table that could not be read: kept with their line and how they begin."""

from pathlib import Path

from headway.insight.lake.engine import Lake


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
