"""How often customers and agents write to and fro before a ticket is resolved."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from headway.insight.findings.context import Context
from headway.insight.findings.finding import Certainty, Figure, Found, Off, Spec
from headway.insight.findings.table import Column, Drawing, Table, Unit
from headway.insight.findings.values import number, share

SPEC = Spec(
    "exchanges",
    gettext_noop("To and fro"),
    ("exchange",),
    {
        "our_turns_mean": Figure(Unit.NUMBER, "turns of ours on a ticket that was answered, mean"),
        "their_turns_mean": Figure(Unit.NUMBER, "turns of the customer on such a ticket, mean"),
        "three_or_more_share": Figure(Unit.SHARE, "answered tickets with three turns of ours or more"),
    },
)


def find(audit: Context) -> Found | Off:
    """Needs messages with their direction."""
    if not audit.features.messages or not audit.features.several_steps:
        return Off(_("The source has no messages with their direction."))
    n, ours, theirs, many = audit.lake.one(
        "SELECT count(*), sum(our_turns), sum(their_turns), sum(CASE WHEN our_turns >= 3 THEN 1 ELSE 0 END) "
        "FROM facts WHERE our_turns > 0"
    )
    if not n:
        return Off(_("No ticket was answered by a person."))
    columns = (Column("turns", _("Turns of ours"), Unit.TEXT), Column("tickets", _("Tickets")))
    rows = audit.lake.rows(
        "SELECT CASE WHEN our_turns >= 6 THEN '6+' ELSE CAST(our_turns AS STRING) END AS n, count(*) FROM facts "
        "GROUP BY n ORDER BY n"
    )
    return Found(
        says=_("It takes %(ours)s answers to resolve a ticket; %(many)s take three or more.")
        % {"ours": number(ours / n), "many": share(many / n)},
        figures={"our_turns_mean": ours / n, "their_turns_mean": theirs / n, "three_or_more_share": many / n},
        sample=n,
        certainty=Certainty.MEASURED,
        do=_("Ask once for everything that is needed: an intake form by kind of ticket saves the second question."),
        tables=(Table("turns", _("Tickets by turns of ours"), columns, tuple(rows), Drawing.BARS),),
        tickets=audit.sources("f.our_turns >= 3", "f.our_turns DESC"),
    )
