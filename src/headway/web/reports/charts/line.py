"""A line over time: first and last value, the highest, and the dates at both ends."""

from headway.insight.findings.table import Table, Unit
from headway.insight.findings.values import written
from headway.web.reports.charts.svg import drawing, element, percent, text

_HEIGHT, _TOP, _FOOT = 150, 22, 22


def line(table: Table, currency: str) -> str:
    """The second column over the first. The scale begins at zero."""
    values = [float(row[1]) if isinstance(row[1], int | float) else 0.0 for row in table.rows]
    unit = table.columns[1].unit
    highest = max(values, default=0.0) or 1.0
    plot = _HEIGHT - _TOP - _FOOT
    last = max(len(values) - 1, 1)
    points = [(place / last, 1 - value / highest) for place, value in enumerate(values)]
    path = "M" + " L".join(f"{x * 100:.2f} {y * 100:.2f}" for x, y in points)
    area = f"{path} L100 100 L0 100 Z"
    inner = element("path", d=area, class_="area") + element("path", d=path, class_="line")
    content = element(
        "svg", inner, x=0, y=_TOP, width="100%", height=plot, viewBox="0 0 100 100", preserveAspectRatio="none"
    )
    content += element("line", x1=0, x2="100%", y1=_TOP + plot, y2=_TOP + plot, class_="axis")
    top = max(range(len(values)), key=lambda place: values[place])
    content += _said(values[top], points[top][0], unit, currency)
    content += text(str(table.rows[0][0]), x=0, y=_HEIGHT - 6, class_="quiet")
    content += text(str(table.rows[-1][0]), x="100%", y=_HEIGHT - 6, class_="quiet end")
    ends = " … ".join(written(value, _kind(unit), currency) for value in (values[0], values[-1]))
    said = f"{table.columns[1].title}: {ends}"
    return drawing(table.title, said, content, width="100%", height=_HEIGHT, class_="chart")


def _said(value: float, share: float, unit: Unit, currency: str) -> str:
    """The highest value, written above its point and kept within the drawing."""
    side = " end" if share > 0.8 else "" if share < 0.2 else " middle"
    words = written(int(value) if unit in {Unit.COUNT, Unit.MS} else value, unit, currency)
    return text(words, x=percent(share), y=_TOP - 6, class_=f"value{side}")


def _kind(unit: Unit) -> Unit:
    return Unit.NUMBER if unit is Unit.COUNT else unit
