"""Bars from zero, each with its label above and its value behind: nothing to hunt for in a legend."""

from collections.abc import Sequence

from headway.insight.findings.table import Column, Table, Unit, Value
from headway.insight.findings.values import written
from headway.web.reports.charts.svg import drawing, element, percent, text

_ROW, _BAR, _LABEL = 40, 14, 13
_ROOM, _ROOM_OF_PAIRS = 0.72, 0.5  # of the width for the longest bar; its value stands behind
_MOST = 12


def bars(table: Table, currency: str) -> str:
    """One bar a row: the first column names it, the second is its length."""
    rows = table.rows[:_MOST]
    longest = _longest([row[1] for row in rows], table.columns[1])
    content, at = "", 0
    for row in rows:
        content += text(str(row[0]), x=0, y=at + _LABEL, class_="label")
        content += _bar(row[1], table.columns[1], longest, at + _LABEL + 5, currency, "length")
        at += _ROW
    return drawing(table.title, described(table, currency), content, width="100%", height=at, class_="chart")


def pairs(table: Table, currency: str) -> str:
    """Two bars a row, to compare: the second and the third column."""
    rows = table.rows[:_MOST]
    columns = table.columns[1:3]
    longest = max(_longest([row[place] for row in rows], column) for place, column in enumerate(columns, 1))
    content, at = "", 0
    for row in rows:
        content += text(str(row[0]), x=0, y=at + _LABEL, class_="label strong")
        for place, column in enumerate(columns, start=1):
            top = at + _LABEL + 5 + (place - 1) * (_BAR + 4)
            kind = "length first" if place == 1 else "length"
            content += _bar(row[place], column, longest, top, currency, kind, column.title.lower(), _ROOM_OF_PAIRS)
        at += _ROW + _BAR + 8
    return drawing(table.title, described(table, currency), content, width="100%", height=at, class_="chart")


def _bar(
    value: Value,
    column: Column,
    longest: float,
    top: int,
    currency: str,
    kind: str,
    behind: str = "",
    room: float = _ROOM,
) -> str:
    share = number(value) / longest * room if longest else 0.0
    drawn = element("rect", x=0, y=top, width=percent(share), height=_BAR, rx=2, class_=kind)
    said = f"{written(value, column.unit, currency)} {behind}".strip()
    return drawn + text(said, x=percent(share), dx=8, y=top + _BAR - 3, class_="value")


def _longest(values: Sequence[Value], column: Column) -> float:
    found = max((number(value) for value in values), default=0.0)
    return max(found, 1.0) if column.unit is Unit.SHARE and found > 0.6 else found


def number(value: Value) -> float:
    """A length; 0 of what is none."""
    return float(value) if isinstance(value, int | float) else 0.0


def described(table: Table, currency: str) -> str:
    """The rows in words, for those who do not see them; the whole stands in the table."""
    column = table.columns[1]
    told = (f"{row[0]}: {written(row[1], column.unit, currency)}" for row in table.rows[:_MOST])
    return "; ".join(told)
