"""The templates of reports: a Jinja2 of their own, since they are made without Django's settings too."""

from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext, ngettext
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from headway.insight.findings.table import Drawing, Table, Unit, Value
from headway.insight.findings.values import between, count, full_time, share

_WEB: Final = Path(__file__).resolve().parent.parent
_STYLES: Final = ("tokens.css", "report.css")
_ROWS: Final = 12


@lru_cache(maxsize=1)
def environment() -> Environment:
    """What draws a report. A name that a template misspells raises instead of printing nothing."""
    made = Environment(
        loader=FileSystemLoader(_WEB / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    ours: dict[str, Any] = {
        "between": between,
        "full_time": full_time,
        "count": count,
        "share": share,
        "strength": _strength,
        "Unit": Unit,
        "Drawing": Drawing,
        "rows_shown": _ROWS,
    }
    made.globals.update(ours)
    return made


@lru_cache(maxsize=1)
def styles() -> str:
    """The styles that go into the file."""
    folder = _WEB / "static" / "css"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in _STYLES)


def _strength(value: Value, table: Table) -> int:
    """How strongly a cell of a matrix is tinted, in tenths of the largest: the desk lets no cell carry a style."""
    cells = [float(cell) for row in table.rows for cell in row[1:] if isinstance(cell, int | float)]
    most = max(cells, default=0.0)
    return round(10 * float(value) / most) if isinstance(value, int | float) and most else 0
