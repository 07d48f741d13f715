"""Rows behind a finding: what a value is in, and how a table is drawn."""

from dataclasses import dataclass
from enum import StrEnum

Value = int | float | str | None


class Unit(StrEnum):
    """What a value is, and so how it is written."""

    COUNT = "count"
    NUMBER = "number"
    SHARE = "share"  # 0 to 1
    MS = "ms"  # a duration in milliseconds
    HOURS = "hours"
    MONEY = "money"
    DAY = "day"  # ISO 8601
    TEXT = "text"


class Drawing(StrEnum):
    """How a table is drawn above itself."""

    BARS = "bars"  # first column is the label, second the length
    PAIRS = "pairs"  # two bars a row: the second and the third column
    PARTS = "parts"  # one bar divided
    LINE = "line"  # first column is the time
    GRAPH = "graph"  # from, to, count
    MATRIX = "matrix"  # first column is the row, the others are cells


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    key: str
    title: str
    unit: Unit = Unit.COUNT


@dataclass(frozen=True, slots=True)
class Table:
    """Rows behind a finding, drawn where a drawing helps."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    drawing: Drawing | None = None
