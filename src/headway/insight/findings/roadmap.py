"""The plan: what to do in which weeks, each with its figure of today to be held against the one afterwards."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from headway.foundation.clock import now
from headway.insight.findings.finding import Certainty, Figure, Found, Off, Spec
from headway.insight.findings.table import Column, Table, Unit, Value
from headway.insight.findings.values import count, written

SPEC = Spec(
    "roadmap",
    gettext_noop("The plan"),
    ("leverage", "first_contact", "handoff", "first_response", "handle_time", "cost_per_ticket"),
    {
        "items": Figure(Unit.COUNT, "parts of the plan"),
        "with_before": Figure(Unit.COUNT, "of them with a figure of today from this source"),
    },
)
# Weeks from the start, what is done in them, and the figure it should move: a finding and one of its figures.
_PARTS: Final = (
    (1, 2, gettext_noop("Audit and baseline"), "backlog", "unresolved"),
    (3, 4, gettext_noop("Self-service for the simple tickets"), "leverage", "simple_share"),
    (5, 6, gettext_noop("Routing to the right person"), "handoffs", "with_handoff_share"),
    (7, 8, gettext_noop("Automated first response"), "responses", "first_response_median_ms"),
    (9, 10, gettext_noop("Connected systems, less switching"), "handle_time", "per_ticket_ms"),
    (11, 13, gettext_noop("Continuous: cost, first contact, reopens"), "reopens", "reopen_share"),
)
# What stands in where a source lacks the figure of above.
_INSTEAD: Final = {
    "first_response_median_ms": ("responses", "first_touch_median_ms"),
    "simple_share": ("trends", "per_week"),
    "with_handoff_share": ("escalations", "transfers"),
    "per_ticket_ms": ("responses", "resolution_median_ms"),
    "reopen_share": ("first_contact", "first_contact_share"),
}


def plan(tickets: int, findings: Mapping[str, tuple[Spec, Found | Off]]) -> Found:
    """Made from the findings on so many tickets; it begins on the Monday to come."""
    today = now().date()
    monday = today + timedelta(days=-today.weekday() % 7)
    rows: list[tuple[Value, ...]] = []
    for first, last, what, finding, figure in _PARTS:
        begin, end = monday + timedelta(weeks=first - 1), monday + timedelta(weeks=last, days=-3)
        name, before = _before(findings, finding, figure)
        rows.append((begin.isoformat(), end.isoformat(), _(what), name, before))
    known = sum(1 for row in rows if row[4] is not None)
    columns = (
        Column("begin", pgettext("dates", "From"), Unit.DAY),
        Column("end", pgettext("dates", "To"), Unit.DAY),
        Column("part", _("What"), Unit.TEXT),
        Column("measure", _("Measured by"), Unit.TEXT),
        Column("before", _("Today"), Unit.TEXT),
    )
    return Found(
        says=_("Ten weeks to a structure that scales, and the figures of today to hold it against."),
        figures={"items": len(rows), "with_before": known},
        sample=tickets,
        certainty=Certainty.ASSUMED,
        do=_("Run this audit again after each part, on the same export: the figure beside it should have moved."),
        tables=(Table("parts", _("What to do when"), columns, tuple(rows)),),
        notes=(
            _("Of the %(all)s parts, %(n)s have a figure of today from this source.")
            % {"all": count(len(rows)), "n": count(known)},
        ),
    )


def _before(findings: Mapping[str, tuple[Spec, Found | Off]], finding: str, figure: str) -> tuple[str, str | None]:
    """The figure's name and how it stands today; of the one instead where the source lacks it."""
    for key, name in ((finding, figure), _INSTEAD.get(figure, (finding, figure))):
        spec, found = findings[key]
        if isinstance(found, Found) and found.figures[name] is not None:
            return _(_NAMES[name]), written(found.figures[name], spec.figures[name].unit)
    return _(_NAMES[figure]), None


_NAMES: Final = {
    "unresolved": gettext_noop("Unresolved tickets"),
    "simple_share": gettext_noop("Share of simple tickets"),
    "per_week": gettext_noop("Tickets a week"),
    "with_handoff_share": gettext_noop("Tickets that change hands"),
    "transfers": gettext_noop("Changes of team"),
    "first_response_median_ms": gettext_noop("First response, median"),
    "first_touch_median_ms": gettext_noop("First touch, median"),
    "per_ticket_ms": gettext_noop("Working time a ticket"),
    "resolution_median_ms": gettext_noop("Resolution, median"),
    "reopen_share": gettext_noop("Reopened"),
    "first_contact_share": gettext_noop("Resolved at first contact"),
}
