"""The shape of a finding. What is shown in the terminal, in the report and as JSON is the same object."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from headway.insight.findings.context import Context

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


class Certainty(StrEnum):
    """How far a figure can be trusted."""

    MEASURED = "measured"  # counted from what the source recorded
    ESTIMATED = "estimated"  # by a stated method
    ASSUMED = "assumed"  # stands on something nobody recorded


class Drawing(StrEnum):
    """How a table is drawn above itself."""

    BARS = "bars"  # first column is the label, second the length
    PARTS = "parts"  # one bar divided
    LINE = "line"  # first column is the time
    GRAPH = "graph"  # from, to, count
    MATRIX = "matrix"  # first column is the row, the others are cells


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a finding: what it is in and what it says."""

    unit: Unit
    says: str


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


@dataclass(frozen=True, slots=True)
class Spec:
    """What a finding is called, which metrics define it, and the figures it has. Texts are marked for translation."""

    key: str
    title: str
    metrics: tuple[str, ...]
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding with its figures. `says` comes first everywhere; `tickets` are source ids to check by hand."""

    says: str
    figures: Mapping[str, Value]
    sample: int
    certainty: Certainty
    do: str
    tables: Sequence[Table] = ()
    tickets: Sequence[str] = ()
    notes: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Off:
    """A finding that this source cannot give, and what it lacks."""

    why: str


Find = Callable[[Context], Found | Off]
