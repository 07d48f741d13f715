"""Volume, complexity and time against each other: the leverage point in words and money."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from headway.insight.findings import effort
from headway.insight.findings.context import Context
from headway.insight.findings.finding import Certainty, Figure, Found, Off, Spec
from headway.insight.findings.table import Column, Drawing, Table, Unit, Value
from headway.insight.findings.values import between, money, share

SPEC = Spec(
    "leverage",
    gettext_noop("The leverage point"),
    ("complexity", "leverage", "handle_time", "category"),
    {
        "simple_share": Figure(Unit.SHARE, "simple tickets of those worked on"),
        "simple_time_share": Figure(Unit.SHARE, "working time on simple tickets"),
        "simple_hours_month_low": Figure(Unit.HOURS, "hours a month on simple tickets, low estimate"),
        "simple_hours_month_high": Figure(Unit.HOURS, "hours a month on simple tickets, high estimate"),
        "complex_share": Figure(Unit.SHARE, "complex tickets of those worked on"),
        "complex_time_share": Figure(Unit.SHARE, "working time on complex tickets"),
        "untouched": Figure(Unit.COUNT, "tickets no person acted on"),
        "simple_cost_each": Figure(Unit.MONEY, "cost of a simple ticket; empty where no cost was entered"),
    },
)
_CATEGORIES = 12


def find(audit: Context) -> Found | Off:
    """Needs working time."""
    if off := effort.lacking(audit):
        return off
    buckets = {row["bucket"]: row for row in audit.lake.named("buckets")}
    worked = [name for name in effort.ORDER if name != "untouched" and name in buckets]
    tickets = sum(buckets[name]["tickets"] for name in worked)
    whole = audit.handle_ms[1]
    if not tickets or not whole:
        return Off(_("No ticket shows work by a person."))

    def part(name: str, key: str, of: int) -> float:
        return float(buckets[name][key]) / of if name in buckets else 0.0

    simple_time = part("simple", "mid_ms", whole)
    cost = audit.cost(simple_time)
    each = cost / buckets["simple"]["tickets"] if cost is not None and "simple" in buckets else None
    low, high = (
        audit.hours_month(int(buckets["simple"][key])) if "simple" in buckets else 0.0 for key in ("low_ms", "high_ms")
    )
    says = _("No ticket is simple by its effort: what comes in needs people who know the product.")
    if "simple" in buckets:
        says = _("%(tickets)s of tickets are simple and take %(time)s of working time, %(hours)s a month.") % {
            "tickets": share(part("simple", "tickets", tickets)),
            "time": share(simple_time),
            "hours": between(low, high, Unit.HOURS),
        }
    if each is not None:
        says += " " + _("Each costs %s.") % money(each, audit.money.currency)
    return Found(
        says=says,
        figures={
            "simple_share": part("simple", "tickets", tickets),
            "simple_time_share": simple_time,
            "simple_hours_month_low": low,
            "simple_hours_month_high": high,
            "complex_share": part("complex", "tickets", tickets),
            "complex_time_share": part("complex", "mid_ms", whole),
            "untouched": buckets["untouched"]["tickets"] if "untouched" in buckets else 0,
            "simple_cost_each": each,
        },
        sample=tickets,
        certainty=Certainty.ESTIMATED,
        do=_("Take the simple ones away first: articles, automatic answers, and fixes in the product."),
        tables=(_volume(buckets, worked, tickets, whole), _crosstab(audit, whole)),
        tickets=audit.sources("f.bucket = 'simple'", "f.created_ms DESC"),
    )


def _volume(buckets: dict[str, Any], worked: list[str], tickets: int, whole: int) -> Table:
    columns = (
        Column("bucket", _("Complexity"), Unit.TEXT),
        Column("tickets_share", _("Share of tickets"), Unit.SHARE),
        Column("time_share", _("Share of working time"), Unit.SHARE),
        Column("tickets", _("Tickets")),
    )
    rows = tuple(
        (_(name), buckets[name]["tickets"] / tickets, float(buckets[name]["mid_ms"]) / whole, buckets[name]["tickets"])
        for name in worked
    )
    return Table("volume", _("Tickets and working time, by complexity"), columns, rows, Drawing.PAIRS)


def _crosstab(audit: Context, whole: int) -> Table:
    """Share of all working time in each cell, the largest categories first."""
    cells: dict[str, dict[str, float]] = {}
    for row in audit.lake.named("crosstab"):
        cells.setdefault(row["category"], {})[row["bucket"]] = float(row["mid_ms"]) / whole
    ordered = sorted(cells, key=lambda name: (-sum(cells[name].values()), name))[:_CATEGORIES]
    columns = (
        Column("category", _("Category"), Unit.TEXT),
        Column("simple", _("simple"), Unit.SHARE),
        Column("medium", _("medium"), Unit.SHARE),
        Column("complex", _("complex"), Unit.SHARE),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (name or _("(none)"), *(cells[name].get(bucket, 0.0) for bucket in ("simple", "medium", "complex")))
        for name in ordered
    )
    return Table("crosstab", _("Share of working time, by category and complexity"), columns, rows, Drawing.MATRIX)
