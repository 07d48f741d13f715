"""Staged rows: what readers say, in the source's own ids, before it becomes the lake.

A reader in Python hands in rows one by one; one in SQL inserts into the tables itself.
"""

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TextIO

from headway.insight.lake.engine import Lake

_NULL: Final = "\\N"
_SQL_TYPES: Final = {int: "BIGINT", str: "VARCHAR"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened on a ticket; the words are those of `lake/schema.py`. Times in milliseconds."""

    ticket: str
    at_ms: int
    kind: str = "step"
    activity: str | None = None
    status: str | None = None
    actor_kind: str = "system"
    actor: str | None = None
    assignee: str | None = None
    team: str | None = None
    length: int | None = None
    active_ms: int | None = None
    courtesy: int = 0
    subject: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What a source says of a whole ticket; several rows of one ticket fill each other's gaps, the later wins."""

    ticket: str
    origin: str | None = None
    channel: str | None = None
    category: str | None = None
    tag: str | None = None
    priority: str | None = None
    customer: str | None = None
    source_reply_ms: int | None = None
    source_resolve_ms: int | None = None
    source_reopens: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A name for an id. `kind` is agent, customer, team, automation or system."""

    kind: str
    id: str
    name: str | None = None
    tier: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A row that could not be read. `line` counts from one within the file; `excerpt` is how the row begins."""

    file: str
    line: int
    reason: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """Rows of a source that are none of a ticket's story, with the reason: counted, not kept."""

    file: str
    reason: str
    count: int


Row = Event | Ticket | Person | Problem | Excluded
TABLES: Final[dict[type[Row], str]] = {
    Event: "staged_events",
    Ticket: "staged_tickets",
    Person: "staged_people",
    Problem: "problems",
    Excluded: "excluded",
}


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
        self._files[kind][2].writerow([_NULL if value is None else value for value in astuple(row)])

    def add_all(self, rows: Iterable[Row]) -> None:
        """Keeps many rows."""
        for row in rows:
            self.add(row)

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
