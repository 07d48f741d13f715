"""An import's report in words."""

from typing import Any

from django.utils.translation import gettext as _

from headway.moving.models import Run
from headway.moving.queries.runs import is_whole

_COLUMNS = ("source", "new", "changed", "same", "reported", "missing")


def state_words(run: Run) -> str:
    """How an import stands."""
    if run.state == Run.States.DONE:
        return _("Whole") if is_whole(run) else _("Not whole")
    return {
        Run.States.WAITING: _("Waiting"),
        Run.States.RUNNING: _("Under way"),
        Run.States.FAILED: _("Broke off"),
    }[Run.States(run.state)]


def counted(told: dict[str, Any]) -> list[tuple[str, list[int]]]:
    """What became of each kind: its name, and the numbers of the columns."""
    names = _names()
    return [
        (names.get(kind, kind), [int(counts.get(column, 0)) for column in _COLUMNS])
        for kind, counts in told["counts"].items()
    ]


def metrics(told: dict[str, Any]) -> list[tuple[str, int, int]]:
    """Each metric that the source has too: its name, how many tickets agree, of how many."""
    names = {"first_response": _("First response"), "resolution": _("Resolution"), "reopens": _("Reopens")}
    return [(names[one["metric"]], one["agree"], one["compared"]) for one in told["differences"]]


def _names() -> dict[str, str]:
    return {
        "team": _("Teams"),
        "agent": _("Agents"),
        "organisation": _("Organisations"),
        "customer": _("Customers"),
        "field": _("Fields"),
        "ticket": _("Tickets"),
        "message": _("Messages"),
        "note": _("Notes"),
        "file": _("Files"),
        "macro": _("Macros"),
        "view": _("Views"),
        "rule": _("Rules, kept to be read"),
        "row": _("Rows"),
    }
