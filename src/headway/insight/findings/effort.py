"""How long tickets are worked on, and the alarm: simple ones that take far longer than they need."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from headway.insight.findings.context import Context
from headway.insight.findings.finding import Certainty, Figure, Found, Off, Spec
from headway.insight.findings.table import Column, Drawing, Table, Unit, Value
from headway.insight.findings.values import between, duration
from headway.insight.lake.deriving import SIMPLE_MS

SPEC = Spec(
    "handle_time",
    gettext_noop("How long tickets are worked on"),
    ("handle_time", "effort", "complexity"),
    {
        "hours_month_low": Figure(Unit.HOURS, "working hours a month, cap of 8 minutes"),
        "hours_month": Figure(Unit.HOURS, "working hours a month, cap of 15 minutes"),
        "hours_month_high": Figure(Unit.HOURS, "working hours a month, cap of 30 minutes"),
        "per_ticket_ms": Figure(Unit.MS, "working time a ticket, mean"),
        "simple_ms": Figure(Unit.MS, "working time of a simple ticket, mean"),
        "simple_genuine_ms": Figure(Unit.MS, "genuine effort of a simple ticket, mean"),
        "recorded_share": Figure(Unit.SHARE, "of actions with a recorded working time"),
    },
)
ORDER = ("simple", "medium", "complex", "untouched")


def lacking(audit: Context) -> Off | None:
    """What every finding on working time needs: who did what, at times finer than days, or recorded time."""
    if not audit.features.people or not audit.features.work:
        return Off(_("The source does not record what people did step by step, nor how long they worked."))
    if not audit.features.clock:
        return Off(_("The source's times are days without hours, too coarse to estimate working time."))
    return None


def find(audit: Context) -> Found | Off:
    """The estimate with its range."""
    if off := lacking(audit):
        return off
    rows = {row["bucket"]: row for row in audit.lake.named("buckets")}
    low, mid, high = audit.handle_ms
    touched = sum(row["tickets"] for name, row in rows.items() if name != "untouched")
    if not touched:
        return Off(_("No ticket shows work by a person."))
    if not mid:
        return Off(_("No two actions of one person follow each other closely enough to estimate working time."))
    simple = rows.get("simple")
    mean = int(simple["mid_ms"]) // simple["tickets"] if simple else None
    genuine = int(simple["genuine_ms"]) // simple["tickets"] if simple else None
    recorded, actions = audit.lake.one("SELECT count(active_ms), count(*) FROM actions")
    says = _("Your people work %(hours)s a month on tickets, %(each)s on each.") % {
        "hours": between(audit.hours_month(low), audit.hours_month(high), Unit.HOURS),
        "each": duration(mid // touched),
    }
    return Found(
        says=f"{says} {_alarm(mean, genuine)}".strip(),
        figures={
            "hours_month_low": audit.hours_month(low),
            "hours_month": audit.hours_month(mid),
            "hours_month_high": audit.hours_month(high),
            "per_ticket_ms": mid // touched,
            "simple_ms": mean,
            "simple_genuine_ms": genuine,
            "recorded_share": recorded / max(actions, 1),
        },
        sample=touched,
        certainty=Certainty.MEASURED if recorded == actions else Certainty.ESTIMATED,
        do=_(
            "Record working time for a week and compare: that calibrates this estimate. Enter paid hours to scale it."
        ),
        tables=(_table(rows),),
        tickets=audit.sources("f.mid_ms > f.genuine_ms", "f.mid_ms - f.genuine_ms DESC"),
        notes=(_("Estimated from the gaps between each person's actions; see the definition."),),
    )


def _alarm(mean: int | None, genuine: int | None) -> str:
    if mean is None or genuine is None or mean < 2 * genuine or mean < SIMPLE_MS:
        return ""
    return _("Simple tickets take %(mean)s where %(genuine)s would do: switching and searching take the rest.") % {
        "mean": duration(mean),
        "genuine": duration(genuine),
    }


def _table(rows: dict[str, dict[str, int]]) -> Table:
    columns = (
        Column("bucket", _("Complexity"), Unit.TEXT),
        Column("mean", _("Working time a ticket"), Unit.MS),
        Column("low", _("Low estimate"), Unit.MS),
        Column("high", _("High estimate"), Unit.MS),
        Column("genuine", _("Genuine effort"), Unit.MS),
        Column("tickets", _("Tickets")),
    )
    shown: tuple[tuple[Value, ...], ...] = tuple(
        (
            _(name),
            *(int(rows[name][key]) // rows[name]["tickets"] for key in ("mid_ms", "low_ms", "high_ms", "genuine_ms")),
            rows[name]["tickets"],
        )
        for name in ORDER
        if name in rows and name != "untouched"
    )
    return Table("buckets", _("Working time a ticket, by complexity"), columns, shown, Drawing.BARS)
