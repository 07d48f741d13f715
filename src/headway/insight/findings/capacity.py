""" "We are understaffed", as a hypothesis: capacity against work that need not exist."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from headway.insight.findings import effort
from headway.insight.findings.context import HOURS_A_PERSON, Context
from headway.insight.findings.finding import Certainty, Figure, Found, Off, Spec
from headway.insight.findings.preventable import Preventable, evidence, preventable
from headway.insight.findings.table import Column, Drawing, Table, Unit
from headway.insight.findings.values import between, full_time, share

SPEC = Spec(
    "capacity",
    gettext_noop("Understaffed, or absorbing what need not come?"),
    ("preventable", "occupancy", "handle_time"),
    {
        "preventable_share_low": Figure(Unit.SHARE, "of working time that is preventable, low end"),
        "preventable_share_high": Figure(Unit.SHARE, "of working time that is preventable, high end"),
        "preventable_hours_low": Figure(Unit.HOURS, "preventable hours a month, low end"),
        "preventable_hours_high": Figure(Unit.HOURS, "preventable hours a month, high end"),
        "preventable_fte_low": Figure(Unit.NUMBER, "full-time equivalents (160 h a month), low end"),
        "preventable_fte_high": Figure(Unit.NUMBER, "full-time equivalents (160 h a month), high end"),
        "growth_share": Figure(
            Unit.SHARE, "weekly growth of the unresolved that wait for us, of a week's inflow, over the last 13 weeks"
        ),
        "occupancy": Figure(Unit.SHARE, "handle time of paid hours; empty where no paid hours were entered"),
    },
)


def find(audit: Context) -> Found | Off:
    """Needs working time; paid hours sharpen it."""
    if off := effort.lacking(audit):
        return off
    if not audit.handle_ms[1]:
        return Off(_("No ticket shows work by a person."))
    found, known = preventable(audit), evidence(audit)
    low, high = audit.hours_month(found.low), audit.hours_month(found.high)
    says = _("%(hours)s a month (%(fte)s) go into work that structure can take away.") % {
        "hours": between(low, high, Unit.HOURS),
        "fte": full_time(low / HOURS_A_PERSON, high / HOURS_A_PERSON),
    }
    if known.occupancy is not None:
        says += " " + _("Your people are occupied %s of their paid hours.") % share(known.occupancy)
    return Found(
        says=says,
        figures={
            "preventable_share_low": known.preventable_low,
            "preventable_share_high": known.preventable_high,
            "preventable_hours_low": low,
            "preventable_hours_high": high,
            "preventable_fte_low": low / HOURS_A_PERSON,
            "preventable_fte_high": high / HOURS_A_PERSON,
            "growth_share": known.growth_share,
            "occupancy": known.occupancy,
        },
        sample=audit.tickets,
        certainty=Certainty.ESTIMATED,
        do=_("Before you hire: take the simple tickets away, and see whether the shortage is still there.")
        if known.occupancy is not None
        else _("Enter the team's paid hours in the settings to compare this with its capacity.")
        if audit.desk
        else _("Enter the team's paid hours (--hours-month) to compare this with its capacity."),
        tables=(_table(audit, found),),
        tickets=audit.sources("f.bucket = 'simple'", "f.mid_ms DESC"),
    )


def _table(audit: Context, found: Preventable) -> Table:
    columns = (
        Column("part", _("Part"), Unit.TEXT),
        Column("high", _("High end"), Unit.HOURS),
        Column("low", _("Low end"), Unit.HOURS),
    )
    rows = (
        (_("Simple tickets"), audit.hours_month(found.simple_high), audit.hours_month(found.low)),
        (_("Rework on the others"), audit.hours_month(found.rework_high), 0.0),
    )
    return Table("parts", _("What is preventable, hours a month at most"), columns, rows, Drawing.BARS)
