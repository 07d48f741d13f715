"""One bar divided, with its parts named below it in the same shade."""

from headway.insight.findings.table import Table
from headway.insight.findings.values import written
from headway.web.reports.charts.bars import described, number
from headway.web.reports.charts.svg import drawing, element, percent, text

_VALUE = 62  # where the figures end, right before the names


def parts(table: Table, currency: str) -> str:
    """One bar divided, and below it each part with its name, in the same shade."""
    whole = sum(number(row[1]) for row in table.rows) or 1.0
    content, at = "", 0.0
    for place, row in enumerate(table.rows):
        share = number(row[1]) / whole
        content += element("rect", x=percent(at), y=0, width=percent(share), height=22, class_=f"part part-{place}")
        at += share
    top = 44
    for place, row in enumerate(table.rows):
        content += element("rect", x=0, y=top - 11, width=12, height=12, rx=3, class_=f"part part-{place}")
        content += text(written(row[1], table.columns[1].unit, currency), x=_VALUE, y=top, class_="value end strong")
        content += text(str(row[0]), x=_VALUE + 10, y=top, class_="label")
        top += 24
    return drawing(table.title, described(table, currency), content, width="100%", height=top - 12, class_="chart")
