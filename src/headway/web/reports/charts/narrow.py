"""The lifecycle map for a narrow screen: each activity with what follows it, as words down the page."""

from dataclasses import dataclass
from typing import Final

from headway.insight.findings.table import Table
from headway.web.reports.charts.edges import Edge, told
from headway.web.reports.charts.graph import mapped

ON: Final = "on"
AGAIN: Final = "again"
BACK: Final = "back"


@dataclass(frozen=True, slots=True)
class Step:
    """Where it leads, in which direction of the usual order, and how often and how soon in words."""

    to: str
    way: str
    says: str


@dataclass(frozen=True, slots=True)
class Place:
    """An activity and what follows it, the most frequent first."""

    name: str
    times: int
    steps: tuple[Step, ...]


def places(edges: Table, activities: Table) -> list[Place]:
    """What the map shows, in its order; a place that nothing follows ends the way."""
    names, shown = mapped(edges, activities)
    times = {str(row[0]): int(str(row[1])) for row in activities.rows}
    return [
        Place(
            name,
            times.get(name, 0),
            tuple(
                Step(names[edge.end], _way(edge), told(edge))
                for edge in sorted(shown, key=lambda one: -one.times)
                if edge.start == number
            ),
        )
        for number, name in enumerate(names)
    ]


def _way(edge: Edge) -> str:
    if edge.end == edge.start:
        return AGAIN
    return ON if edge.end > edge.start else BACK
