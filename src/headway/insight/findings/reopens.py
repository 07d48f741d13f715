"""Tickets that were solved and came back."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from headway.insight.findings.context import Context
from headway.insight.findings.finding import Certainty, Figure, Found, Off, Spec
from headway.insight.findings.table import Column, Drawing, Table, Unit
from headway.insight.findings.values import count, share
from headway.insight.lake.deriving import REOPEN_MS

SPEC = Spec(
    "reopens",
    gettext_noop("Solved, and back again"),
    ("reopen", "resolved"),
    {
        "solved": Figure(Unit.COUNT, "tickets solved whose 14 days have passed"),
        "reopened": Figure(Unit.COUNT, "of them unsolved again within 14 days"),
        "reopen_share": Figure(Unit.SHARE, "reopened of solved"),
    },
)


def find(audit: Context) -> Found | Off:
    """Needs to see tickets solved and what comes after."""
    if not audit.features.solves or not audit.features.several_steps:
        return Off(_("The source does not show tickets being solved and opened again."))
    days = audit.lake.named("reopen_cohorts", until_ms=audit.span_ms[1] - REOPEN_MS)
    months: dict[str, list[int]] = {}
    for row in days:
        day = date(1970, 1, 1) + timedelta(days=row["local_day"])
        month = months.setdefault(f"{day.year}-{day.month:02}", [0, 0])
        month[0] += row["solved"]
        month[1] += int(row["reopened"])
    solved, back = (sum(month[place] for month in months.values()) for place in (0, 1))
    if not solved:
        return Off(_("No ticket was solved at least 14 days before the data ends."))
    columns = (
        Column("month", _("First solved in"), Unit.TEXT),
        Column("share", _("Reopened"), Unit.SHARE),
        Column("solved", _("Solved")),
        Column("reopened", _("Tickets reopened")),
    )
    rows = tuple((month, back_ / solved_, solved_, back_) for month, (solved_, back_) in sorted(months.items()))
    return Found(
        says=_("%(share)s of solved tickets come back within 14 days: %(back)s of %(solved)s.")
        % {"share": share(back / solved), "back": count(back), "solved": count(solved)},
        figures={"solved": solved, "reopened": back, "reopen_share": back / solved},
        sample=solved,
        certainty=Certainty.MEASURED,
        do=_("Read ten of them: was the question not answered, or was it a new one?"),
        tables=(Table("cohorts", _("Reopened, by month of the first solve"), columns, rows, Drawing.LINE),),
        tickets=audit.sources("f.reopens > 0", "f.reopens DESC, f.created_ms DESC"),
    )
