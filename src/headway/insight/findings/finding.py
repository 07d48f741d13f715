"""The shape of a finding. What is shown in the terminal, in the report and as JSON is the same object."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from headway.insight.findings.context import Context
from headway.insight.findings.table import Table, Unit, Value


class Certainty(StrEnum):
    """How far a figure can be trusted."""

    MEASURED = "measured"  # counted from what the source recorded
    ESTIMATED = "estimated"  # by a stated method
    ASSUMED = "assumed"  # stands on something nobody recorded


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a finding: what it is in and what it says."""

    unit: Unit
    says: str


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
