"""Rows become Parquet files, one for each table and month."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from headway.insight.lake.engine import Lake, parquet, quoted
from headway.insight.lake.tables import KEPT, fields, order


@dataclass(frozen=True, slots=True)
class Written:
    """A Parquet file on this machine that belongs to no lake yet."""

    table: str
    month: date
    path: Path
    rows: int


def write(engine: Lake, table: str, months: Mapping[date, Sequence[Sequence[Any]]]) -> list[Written]:
    """The rows of a table, by month, as one file each in the engine's folder."""
    written = []
    for month, rows in months.items():
        path = engine.folder / f"{table}-{month:%Y-%m}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
        source = f"read_csv({quoted(path)}, header = false, columns = {{{fields(table)}}}, auto_detect = false)"
        written.append(copied(engine, table, month, source))
        path.unlink()
    return written


def merged(engine: Lake, table: str, month: date, paths: Iterable[Path]) -> Written:
    """Several files of one table and month as one; of a ticket's states the last stays."""
    columns = ", ".join(column.name for column in KEPT[table])
    source = f"(SELECT {columns} FROM {parquet(paths)}"
    if table == "tickets":
        source += " QUALIFY row_number() OVER (PARTITION BY ticket_id ORDER BY as_of DESC) = 1"
    return copied(engine, table, month, source + ")")


def copied(engine: Lake, table: str, month: date, source: str, where: str = "true") -> Written:
    """What may stand after FROM as a file of its own."""
    path = engine.folder / f"{table}-{month:%Y-%m}.parquet"
    engine.run(
        f"COPY (SELECT * FROM {source} AS given WHERE {where} ORDER BY {order(table)}) "
        f"TO {quoted(path)} (FORMAT parquet, COMPRESSION zstd)"
    )
    (rows,) = engine.one(f"SELECT count(*) FROM {parquet([path])}")
    return Written(table, month, path, int(rows))
