"""Beside how tickets begin: how long the same kind takes whom, who passes it on, and who records what was found out."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from headway.insight.findings.context import Context
from headway.insight.findings.table import Column, Table, Unit
from headway.insight.findings.values import duration, share
from headway.insight.rules.standards import Apart, Own, apart

_SHOWN: Final = 10


def compared(audit: Context, fewest_tickets: int, fewest_people: int) -> Mapping[tuple[str, str], Apart]:
    """For each kind of ticket with enough people."""
    cells: dict[tuple[str, str], list[Own]] = {}
    for row in audit.lake.named("standards"):
        own = Own(row["tickets"], int(row["mid_ms"]), int(row["passed"]), int(row["recorded"]))
        cells.setdefault((row["category"], row["bucket"]), []).append(own)
    return apart(cells, fewest_tickets, fewest_people)


def ratio(found: Mapping[tuple[str, str], Apart]) -> float | None:
    """How many times as long the slowest takes as the quickest, over all kinds by their tickets."""
    whole = sum(one.tickets for one in found.values())
    return sum(one.ratio * one.tickets for one in found.values()) / whole if whole else None


def says(found: Mapping[tuple[str, str], Apart]) -> str:
    """The kind with most tickets, in a sentence."""
    if not found:
        return ""
    one = max(found.values(), key=lambda one: one.tickets)
    said = _("On the most frequent kind one person takes %(quick)s a ticket, another %(slow)s.") % {
        "quick": duration(one.quickest_ms),
        "slow": duration(one.slowest_ms),
    }
    least, most = (share(part) for part in one.passed)
    if least == most:
        return said
    passed = _("One passes %(least)s of them on, another %(most)s.") % {"least": least, "most": most}
    return f"{said} {passed}"


def table(found: Mapping[tuple[str, str], Apart]) -> Table:
    """The two ends among people, for the kinds with most tickets."""
    columns = (
        Column("kind", _("Kind of ticket"), Unit.TEXT),
        Column("quickest", _("Time a ticket: quickest"), Unit.MS),
        Column("slowest", _("slowest"), Unit.MS),
        Column("passed_least", _("Passed on: least"), Unit.SHARE),
        Column("passed_most", _("most"), Unit.SHARE),
        Column("recorded_least", _("Findings recorded: least"), Unit.SHARE),
        Column("recorded_most", _("most"), Unit.SHARE),
        Column("people", _("People")),
        Column("tickets", _("Tickets")),
    )
    nameless = _("(none)")
    rows = []
    for key in sorted(found, key=lambda key: (-found[key].tickets, key))[:_SHOWN]:
        one, bucket = found[key], _(key[1])
        kind = f"{key[0] or nameless}, {bucket}"
        rows.append((kind, one.quickest_ms, one.slowest_ms, *one.passed, *one.recorded, one.people, one.tickets))
    return Table("people", _("The same kind of ticket, by who works on it"), columns, tuple(rows))
