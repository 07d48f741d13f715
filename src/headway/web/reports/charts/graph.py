"""The lifecycle map: activities from first to last down the page, what follows what as lines between them.

Steps to the next one run straight down, steps ahead swing out to the right, steps back to the left. A line is as thick
as it is frequent, with its count and median time beside it.
"""

from collections.abc import Mapping, Sequence

from headway.insight.findings.table import Table, Value
from headway.insight.findings.values import count
from headway.web.reports.charts.edges import BOX, GAP, LEFT, TALL, WIDTH, Edge, drawn, head, reach
from headway.web.reports.charts.svg import drawing, element, text

_MOST_NODES, _MOST_EDGES = 9, 16


def graph(edges: Table, activities: Table) -> str:
    """From a table of steps (from, to, times, median, …) and one of activities with their mean place."""
    ordered, shown = mapped(edges, activities)
    most = max((edge.times for edge in shown), default=1)
    taken: dict[str, list[float]] = {"left": [], "right": []}
    lines = [drawn(edge, most, taken) for edge in sorted(shown, key=lambda one: -one.times)]
    # no line runs over another one's label
    content = "".join(line for line, _label in lines) + "".join(label for _line, label in lines)
    times = {str(row[0]): int(str(row[1])) for row in activities.rows}
    content += "".join(_node(name, place, times.get(name, 0)) for place, name in enumerate(ordered))
    height = len(ordered) * GAP - GAP + TALL + 8
    said = "; ".join(f"{row[0]} → {row[1]}: {count(int(str(row[2])))}" for row in edges.rows[:_MOST_EDGES])
    # no wider than what is drawn: on a phone every column counts
    left = min([LEFT, *(reach(edge)[0] for edge in shown)]) - 4
    wide = max([LEFT + BOX, *(reach(edge)[1] for edge in shown)]) + 4 - left
    return drawing(
        edges.title,
        said,
        element("defs", head()) + content,
        viewBox=f"{left:g} 0 {wide:g} {height}",
        width=wide,
        height=height,
        class_="chart map",
    )


def mapped(edges: Table, activities: Table) -> tuple[list[str], list[Edge]]:
    """What the map shows: activities in their order, and the most frequent steps between their places."""
    ordered = _ordered(activities, edges.rows)
    places = {name: place for place, name in enumerate(ordered)}
    shown = [
        Edge(places[str(row[0])], places[str(row[1])], int(str(row[2])), row[3])
        for row in edges.rows
        if str(row[0]) in places and str(row[1]) in places
    ]
    return ordered, shown[:_MOST_EDGES]


def _ordered(activities: Table, edges: Sequence[Sequence[Value]]) -> list[str]:
    """The activities of the most frequent steps, in the order in which they usually come."""
    wanted: dict[str, None] = {}
    for row in edges[:_MOST_EDGES]:
        for name in (str(row[0]), str(row[1])):
            if len(wanted) < _MOST_NODES:
                wanted.setdefault(name)
    place = next(n for n, column in enumerate(activities.columns) if column.key == "place")
    mean: Mapping[str, float] = {str(row[0]): float(str(row[place])) for row in activities.rows}
    return sorted(wanted, key=lambda name: mean.get(name, 0.0))


def _node(name: str, place: int, times: int) -> str:
    top = place * GAP + 4
    label = name if len(name) <= 24 else f"{name[:23]}…"
    return (
        element("rect", x=LEFT, y=top, width=BOX, height=TALL, rx=6, class_="node")
        + text(label, x=WIDTH / 2, y=top + 15, class_="label strong middle")
        + text(count(times), x=WIDTH / 2, y=top + 28, class_="quiet middle")
    )
