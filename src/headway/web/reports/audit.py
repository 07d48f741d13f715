"""The audit's report: one HTML file for a board, with nothing to load and nothing to run."""

from collections.abc import Callable
from typing import Final

from markupsafe import Markup

from headway.insight.findings.finding import Found, Off
from headway.insight.findings.table import Column, Drawing, Table, Value
from headway.insight.findings.values import written
from headway.insight.metrics.catalogue import METRICS
from headway.insight.result import Result
from headway.web.reports.charts.bars import bars, pairs
from headway.web.reports.charts.graph import graph
from headway.web.reports.charts.line import line
from headway.web.reports.charts.narrow import Place, places
from headway.web.reports.charts.parts import parts
from headway.web.reports.environment import environment, styles

_DRAWN: Final[dict[Drawing, Callable[[Table, str], str]]] = {
    Drawing.BARS: bars,
    Drawing.PAIRS: pairs,
    Drawing.PARTS: parts,
    Drawing.LINE: line,
}


def page(result: Result) -> str:
    """The whole file."""
    return _drawn("reports/audit.jinja", result)


def inside(result: Result, tickets_at: str) -> Markup:
    """The same without head and styles, for a page of the desk; tickets are links to an address and their number."""
    return Markup(_drawn("reports/_findings.jinja", result, tickets_at))  # noqa: S704 (a template of ours, escaped)


def _drawn(template: str, result: Result, tickets_at: str = "") -> str:
    found = [(spec, one) for spec, one in result.findings.values() if isinstance(one, Found)]
    off = [(spec, one) for spec, one in result.findings.values() if isinstance(one, Off)]
    return (
        environment()
        .get_template(template)
        .render(
            result=result,
            live=bool(tickets_at),
            tickets_at=tickets_at,
            front=result.front,
            period=result.days,
            found=found,
            off=off,
            metrics=METRICS,
            styles=Markup(styles()),  # noqa: S704 (our own files)
            chart=lambda one, table: _chart(one, table, result.money.currency),
            places=_places,
            cell=lambda value, column: _cell(value, column, result.money.currency),
        )
    )


def _chart(found: Found, table: Table, currency: str) -> Markup | None:
    """The drawing of a table; None for one that is read as it stands."""
    if not table.rows:
        return None
    if table.drawing is Drawing.GRAPH:
        return Markup(graph(table, _activities(found)))  # noqa: S704 (the charts escape what they are given)
    draw = _DRAWN.get(table.drawing) if table.drawing else None
    return Markup(draw(table, currency)) if draw else None  # noqa: S704 (as above)


def _places(found: Found, table: Table) -> list[Place]:
    """What a map says where a screen is too narrow for it."""
    return places(table, _activities(found))


def _activities(found: Found) -> Table:
    return next(other for other in found.tables if other.key == "activities")


def _cell(value: Value, column: Column, currency: str) -> str:
    return written(value, column.unit, currency)
