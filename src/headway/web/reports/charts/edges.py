"""The lines of the lifecycle map: how each runs, how thick it is, and where its label finds room."""

from dataclasses import dataclass

from headway.insight.findings.table import Unit, Value
from headway.insight.findings.values import count, written
from headway.web.reports.charts.svg import element, text

WIDTH, BOX, TALL, GAP = 760, 190, 34, 84
LEFT = (WIDTH - BOX) / 2
_LINE = 13
_LETTER = 6.5  # of a label, wide enough for most scripts


@dataclass(frozen=True, slots=True)
class Edge:
    """A step between two places of the map."""

    start: int
    end: int
    times: int
    median: Value


def drawn(edge: Edge, most: int, taken: dict[str, list[float]]) -> tuple[str, str]:
    """One line, and its label; `most` is the largest count, `taken` the heights of labels by side."""
    thick = 1 + 7 * edge.times / most
    words = told(edge)
    if edge.end == edge.start:
        return _loop(edge, words)
    if edge.end == edge.start + 1:
        top, foot = edge.start * GAP + 4 + TALL, edge.end * GAP + 2
        path = f"M{WIDTH / 2:g} {top} L{WIDTH / 2:g} {foot}"
        label = text(words, x=WIDTH / 2 + 12, y=(top + foot) / 2 + 4, class_="value small")
        return element("path", d=path, class_="edge", stroke_width=thick, marker_end="url(#head)"), label
    ahead = edge.end > edge.start
    side = "right" if ahead else "left"
    sign, x = (1, LEFT + BOX) if ahead else (-1, LEFT)
    start, end = (place * GAP + 4 + TALL / 2 for place in (edge.start, edge.end))
    bow = _bow(edge)
    path = f"M{x:g} {start:g} C{x + sign * bow:g} {start:g} {x + sign * bow:g} {end:g} {x + sign * 3:g} {end:g}"
    y = _free(taken[side], (start + end) / 2)
    place = "" if ahead else " end"
    label = text(words, x=x + sign * (bow * 0.75 + 8), y=y + 4, class_=f"value small{place}")
    kind = "edge" if ahead else "edge back"
    return element("path", d=path, class_=kind, stroke_width=thick, marker_end="url(#head)"), label


def reach(edge: Edge) -> tuple[float, float]:
    """How far a line and its label go to the left and to the right."""
    wide = _LETTER * len(told(edge))
    if edge.end == edge.start:
        return LEFT - 26 - wide, LEFT + BOX
    if edge.end == edge.start + 1:
        return LEFT, WIDTH / 2 + 12 + wide
    side = _bow(edge) * 0.75 + 8 + wide
    return (LEFT, LEFT + BOX + side) if edge.end > edge.start else (LEFT - side, LEFT + BOX)


def told(edge: Edge) -> str:
    """How often, and how soon."""
    return f"{count(edge.times)}× · {written(edge.median, Unit.MS)}"


def _bow(edge: Edge) -> int:
    return min(40 + 34 * abs(edge.end - edge.start), 170)


def _loop(edge: Edge, words: str) -> tuple[str, str]:
    x, y = LEFT, edge.start * GAP + 4 + TALL / 2
    path = f"M{x:g} {y - 8:g} c-26 -12 -26 28 -3 16"
    label = text(words, x=x - 26, y=y + 4, class_="value small end")
    return element("path", d=path, class_="edge back", stroke_width=1.5, marker_end="url(#head)"), label


def _free(taken: list[float], wanted: float) -> float:
    """The nearest height at which no other label of this side stands."""
    step = 0
    while True:
        for y in (wanted + step * _LINE, wanted - step * _LINE):
            if all(abs(y - other) >= _LINE for other in taken):
                taken.append(y)
                return y
        step += 1


def head() -> str:
    """The head of every arrow."""
    arrow = element("path", d="M0 0 L8 4 L0 8 Z", class_="head")
    place: dict[str, str | float] = {
        "refX": 7,
        "refY": 4,
        "markerWidth": 8,
        "markerHeight": 8,
        "markerUnits": "userSpaceOnUse",
    }
    return element("marker", arrow, id="head", orient="auto", **place)
