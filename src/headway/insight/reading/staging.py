"""Staged rows: what readers say, in the source's own ids, before it becomes the lake.

A reader in Python hands in rows one by one; one in SQL inserts into the tables itself.
"""

import csv
from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TextIO

from headway.insight.lake.engine import Lake
from headway.insight.reading.staged import TABLES, Row

_NULL: Final = "\\N"
# dataclasses.astuple copies each value deeply: two thirds of the time of reading went there
_VALUES: Final = {kind: attrgetter(*(field.name for field in fields(kind))) for kind in TABLES}
_SQL_TYPES: Final = {int: "BIGINT", str: "VARCHAR"}


class Staging:
    """The staged tables of one lake. As a context manager it loads on leaving what was handed in row by row."""

    def __init__(self, lake: Lake) -> None:
        self.lake = lake
        self._files: dict[type[Row], tuple[Path, TextIO, Any]] = {}
        for row, table in TABLES.items():
            lake.run("CREATE SEQUENCE IF NOT EXISTS staged_rows")
            lake.run(f"CREATE TABLE IF NOT EXISTS {table} (row BIGINT DEFAULT nextval('staged_rows'), {_columns(row)})")

    def add(self, row: Row) -> None:
        """Keeps one row."""
        kind = type(row)
        if kind not in self._files:
            path = self.lake.folder / f"{TABLES[kind]}.csv"
            file = path.open("w", newline="", encoding="utf-8", errors="replace")
            self._files[kind] = (path, file, csv.writer(file))
        self._files[kind][2].writerow([_NULL if value is None else value for value in _VALUES[kind](row)])

    def add_all(self, rows: Iterable[Row]) -> None:
        """Keeps many rows."""
        for row in rows:
            self.add(row)

    def numbers(self, many: int) -> int:
        """Takes so many numbers for rows that a statement adds; returns the first of them."""
        (first,) = self.lake.one("SELECT min(nextval('staged_rows')) FROM range(?)", [many])
        return int(first)

    def flush(self) -> None:
        """Loads into the tables what was added."""
        for kind, (path, file, _writer) in self._files.items():
            file.close()
            names = ", ".join(field.name for field in fields(kind))
            options = f"HEADER false, DELIMITER ',', QUOTE '\"', ESCAPE '\"', NULLSTR '{_NULL}', STRICT_MODE false"
            self.lake.run(f"COPY {TABLES[kind]} ({names}) FROM '{_quoted(path)}' (FORMAT csv, {options})")
            path.unlink()
        self._files.clear()

    def __enter__(self) -> "Staging":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.flush()


def _columns(row: type[Row]) -> str:
    types = {"int": "BIGINT", "str": "VARCHAR", "int | None": "BIGINT", "str | None": "VARCHAR"}
    return ", ".join(f"{field.name} {types[_name(field.type)]}" for field in fields(row))


def _name(annotation: Any) -> str:
    return annotation.__name__ if annotation in _SQL_TYPES else str(annotation)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
