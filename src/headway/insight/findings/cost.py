"""What tickets cost, by category and complexity, so that the parts sum to the whole."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from headway.insight.findings import effort
from headway.insight.findings.context import Context
from headway.insight.findings.finding import Certainty, Figure, Found, Off, Spec
from headway.insight.findings.table import Column, Drawing, Table, Unit
from headway.insight.findings.values import money

SPEC = Spec(
    "cost",
    gettext_noop("What tickets cost"),
    ("cost_per_ticket", "handle_time", "category"),
    {
        "total": Figure(Unit.MONEY, "fully loaded cost of the period"),
        "per_resolved": Figure(Unit.MONEY, "cost per resolved ticket"),
        "per_created": Figure(Unit.MONEY, "cost per created ticket"),
        "resolved": Figure(Unit.COUNT, "resolved tickets"),
    },
)
_CATEGORIES = 15


def find(audit: Context) -> Found | Off:
    """Needs the cost of support, and working time to divide it by."""
    total = audit.cost(1.0)
    if total is None and audit.desk:
        return Off(_("No cost was entered. Enter what an hour costs, and the paid hours of a month, in the settings."))
    if total is None:
        return Off(_("No cost was entered. Add --cost-month with the fully loaded cost of support in a month."))
    if off := effort.lacking(audit):
        return off
    (resolved,) = audit.lake.one("SELECT count(resolved_ms) FROM facts")
    whole = audit.handle_ms[1]
    if not resolved or not whole:
        return Off(_("No ticket was resolved in this period."))
    cells = audit.lake.named("crosstab")
    rows = []
    for name in sorted({row["category"] for row in cells}):
        own = [row for row in cells if row["category"] == name]
        cost = total * sum(float(row["mid_ms"]) for row in own) / whole
        solved = sum(int(row["resolved"]) for row in own)
        rows.append((name or _("(none)"), cost, cost / solved if solved else None, sum(row["tickets"] for row in own)))
    rows.sort(key=lambda row: -float(row[1]))
    currency = audit.money.currency
    return Found(
        says=_("A resolved ticket costs %(each)s; “%(most)s” takes %(part)s of %(total)s.")
        % {
            "each": money(total / resolved, currency),
            "most": rows[0][0],
            "part": money(rows[0][1], currency),
            "total": money(total, currency),
        },
        figures={
            "total": total,
            "per_resolved": total / resolved,
            "per_created": total / audit.tickets,
            "resolved": resolved,
        },
        sample=resolved,
        certainty=Certainty.ESTIMATED,
        do=_(
            "Ask of the dearest category what would make its tickets unnecessary. What is saved is capacity, not cash."
        ),
        tables=(_categories(rows), _buckets(audit, total, whole)),
        tickets=audit.sources("f.resolved_ms IS NOT NULL", "f.mid_ms DESC"),
    )


def _categories(rows: list[tuple[str, float, float | None, int]]) -> Table:
    columns = (
        Column("category", _("Category"), Unit.TEXT),
        Column("cost", _("Cost of the period"), Unit.MONEY),
        Column("each", _("Per resolved ticket"), Unit.MONEY),
        Column("tickets", _("Tickets")),
    )
    shown = rows[:_CATEGORIES]
    if rest := rows[_CATEGORIES:]:
        shown.append((_("all others"), sum(row[1] for row in rest), None, sum(row[3] for row in rest)))
    return Table("categories", _("Cost by category"), columns, tuple(shown), Drawing.BARS)


def _buckets(audit: Context, total: float, whole: int) -> Table:
    columns = (
        Column("bucket", _("Complexity"), Unit.TEXT),
        Column("cost", _("Cost of the period"), Unit.MONEY),
        Column("each", _("Per ticket"), Unit.MONEY),
        Column("tickets", _("Tickets")),
    )
    found = {row["bucket"]: row for row in audit.lake.named("buckets")}
    rows = tuple(
        (
            _(name),
            total * float(found[name]["mid_ms"]) / whole,
            total * float(found[name]["mid_ms"]) / whole / found[name]["tickets"],
            found[name]["tickets"],
        )
        for name in effort.ORDER
        if name in found
    )
    return Table("buckets", _("Cost by complexity"), columns, rows)
