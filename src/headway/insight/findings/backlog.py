"""What is unresolved at the end of the data, how old it is, and whether it grows."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from headway.insight.findings.context import Context
from headway.insight.findings.finding import Certainty, Figure, Found, Off, Spec
from headway.insight.findings.table import Column, Drawing, Table, Unit
from headway.insight.findings.values import count, duration, number
from headway.insight.findings.weeks import slope, whole_weeks

SPEC = Spec(
    "backlog",
    gettext_noop("What is waiting"),
    ("backlog", "resolved"),
    {
        "unresolved": Figure(Unit.COUNT, "unresolved tickets at the end of the data"),
        "ours": Figure(Unit.COUNT, "of them waiting for us"),
        "ours_age_median_ms": Figure(Unit.MS, "age of those that wait for us, median"),
        "ours_age_p90_ms": Figure(Unit.MS, "age of those that wait for us, 90th percentile"),
        "growth_week": Figure(
            Unit.NUMBER, "change of the unresolved in a week, by the straight line through the last 13"
        ),
        "weeks_of_work": Figure(Unit.NUMBER, "unresolved tickets divided by what a week resolves"),
    },
)
QUARTER = 13


def find(audit: Context) -> Found | Off:
    """Needs to see tickets being solved."""
    if not audit.features.solves:
        return Off(_("The source does not show when tickets are solved."))
    rows = audit.lake.named("unresolved", end_ms=audit.span_ms[1])
    ages = sorted(row["age_ms"] for row in rows if row["waits_for"] == "us")
    weeks = whole_weeks(audit)
    growth = slope([week.open for week in weeks[-QUARTER:]])
    recent = weeks[-QUARTER:]
    pace = sum(week.resolved for week in recent) / len(recent) if recent else 0.0
    columns = (Column("waits_for", _("Waiting for"), Unit.TEXT), Column("tickets", _("Tickets")))
    sides = (("us", _("us")), ("customer", _("the customer")), ("others", _("others")))
    table = tuple((name, sum(1 for row in rows if row["waits_for"] == side)) for side, name in sides)
    return Found(
        says=_says(len(rows), ages, growth),
        figures={
            "unresolved": len(rows),
            "ours": len(ages),
            "ours_age_median_ms": _rank(ages, 50),
            "ours_age_p90_ms": _rank(ages, 90),
            "growth_week": growth,
            "weeks_of_work": len(rows) / pace if pace else None,
        },
        sample=audit.tickets,
        certainty=Certainty.MEASURED,
        do=_("Answer the oldest first and close what nobody waits for any more."),
        tables=(Table("unresolved", _("Unresolved, by whom they wait for"), columns, table, Drawing.BARS),),
        tickets=audit.sources("f.resolved_ms IS NULL AND f.last_state = 1", "f.created_ms"),
    )


def _says(unresolved: int, ages: list[int], growth: float) -> str:
    if not unresolved:
        return _("Nothing is unresolved at the end of the data.")
    said = ngettext(
        "%s ticket is unresolved at the end of the data",
        "%s tickets are unresolved at the end of the data",
        unresolved,
    ) % count(unresolved)
    said += ngettext(", %s of them waits for you", ", %s of them wait for you", len(ages)) % count(len(ages))
    if len(ages) > 1:
        said += _(", half of those for more than %s") % duration(_rank(ages, 50) or 0)
    if abs(growth) >= 1:
        grown = _("; the pile grows by %s a week.") if growth > 0 else _("; the pile shrinks by %s a week.")
        return said + grown % number(abs(growth))
    return said + "."


def _rank(ordered: list[int], percent: int) -> int | None:
    """The nearest-rank quantile of ordered values."""
    return ordered[(len(ordered) * percent + 99) // 100 - 1] if ordered else None
