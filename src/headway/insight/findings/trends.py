"""How much comes in, whether it grows, and when in the week."""

from calendar import day_name

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from headway.insight.findings.context import Context
from headway.insight.findings.finding import Certainty, Figure, Found, Off, Spec
from headway.insight.findings.table import Column, Drawing, Table, Unit, Value
from headway.insight.findings.values import count, number, share
from headway.insight.findings.weeks import Week, slope, whole_weeks

SPEC = Spec(
    "trends",
    gettext_noop("How much comes in, and when"),
    ("inflow", "population"),
    {
        "per_week": Figure(Unit.NUMBER, "tickets created in a whole week, mean"),
        "change_year_share": Figure(
            Unit.SHARE, "change of the weekly inflow in a year, by the straight line through all weeks"
        ),
        "weeks": Figure(Unit.COUNT, "whole weeks in the period"),
        "busiest_weekday_share": Figure(Unit.SHARE, "tickets that come in on the busiest weekday"),
        "office_share": Figure(Unit.SHARE, "tickets that come in from Monday to Friday, 9 to 17"),
    },
)
_FEWEST = 4


def find(audit: Context) -> Found | Off:
    """Needs at least four whole weeks."""
    weeks = whole_weeks(audit)
    if len(weeks) < _FEWEST:
        return Off(_("The period has fewer than four whole weeks."))
    inflow = [week.created for week in weeks]
    mean = sum(inflow) / len(inflow)
    change = slope(inflow) * 52 / mean if mean else 0.0
    cells = audit.lake.named("arrivals")
    by_day = [sum(row["tickets"] for row in cells if row["weekday"] == day) for day in range(7)]
    busiest = max(range(7), key=lambda day: by_day[day])
    office = sum(row["tickets"] for row in cells if row["weekday"] < 5 and 9 <= row["hour"] < 17)
    told = _("%(week)s tickets come in each week; %(day)s is the busiest day, with %(share)s of them.") % {
        "week": number(mean),
        "day": _(day_name[busiest]),
        "share": share(by_day[busiest] / audit.tickets),
    }
    return Found(
        says=told,
        figures={
            "per_week": mean,
            "change_year_share": change,
            "weeks": len(weeks),
            "busiest_weekday_share": by_day[busiest] / audit.tickets,
            "office_share": office / audit.tickets,
        },
        sample=sum(inflow),
        certainty=Certainty.MEASURED,
        do=_(
            "Plan shifts by this pattern before you plan more people: %s of tickets come outside Monday to "
            "Friday, 9 to 17."
        )
        % share(1 - office / audit.tickets),
        tables=(_weeks(weeks), _pattern(cells)),
        notes=(_("%(n)s whole weeks; times are in %(zone)s.") % {"n": count(len(weeks)), "zone": audit.zone},),
    )


def _weeks(weeks: list[Week]) -> Table:
    columns = (
        Column("week", _("Week of"), Unit.DAY),
        Column("created", _("Created")),
        Column("resolved", _("Resolved")),
        Column("open", _("Unresolved at its end")),
    )
    rows = tuple((week.monday.isoformat(), week.created, week.resolved, week.open) for week in weeks)
    return Table("weeks", _("Tickets created a week"), columns, rows, Drawing.LINE)


def _pattern(cells: list[dict[str, int]]) -> Table:
    found = {(row["weekday"], row["hour"]): row["tickets"] for row in cells}
    columns = (
        Column("hour", _("Hour"), Unit.TEXT),
        *(Column(day_name[day].lower(), _(day_name[day])) for day in range(7)),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (f"{hour:02}:00", *(found.get((day, hour), 0) for day in range(7))) for hour in range(24)
    )
    return Table("pattern", _("Tickets by weekday and hour"), columns, rows, Drawing.MATRIX)
