"""Escalations and transfers: how many, how early, where they bounce back."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from headway.insight.findings.context import Context
from headway.insight.findings.finding import Certainty, Figure, Found, Off, Spec
from headway.insight.findings.table import Column, Table, Unit
from headway.insight.findings.values import count, share

SPEC = Spec(
    "escalations",
    gettext_noop("Escalations and transfers"),
    ("escalation",),
    {
        "escalated": Figure(Unit.COUNT, "tickets moved to a higher tier or outside support"),
        "escalated_share": Figure(
            Unit.SHARE, "of the tickets tier 1 touched; of all touched ones where tiers are not mapped"
        ),
        "premature_share": Figure(Unit.SHARE, "of the team changes, those before any reply or recorded step"),
        "transfers": Figure(Unit.COUNT, "changes of team"),
        "returned": Figure(Unit.COUNT, "changes back to a team that had the ticket before"),
    },
)


def find(audit: Context) -> Found | Off:
    """Needs teams, or recorded escalations."""
    lake = audit.lake
    (recorded,) = lake.one("SELECT count(*) FROM facts WHERE escalated = 1")
    if not audit.features.teams and not recorded:
        return Off(_("The source records neither teams nor escalations."))
    transfers, early = lake.one("SELECT count(*), coalesce(sum(early), 0) FROM transfers")
    (returned,) = lake.one(
        "SELECT count(*) FROM transfers AS t WHERE EXISTS (SELECT 1 FROM transfers AS e WHERE e.ticket_id = "
        "t.ticket_id "
        "AND e.from_team = t.to_team AND (e.at_ms < t.at_ms OR (e.at_ms = t.at_ms AND e.event_id < t.event_id)))"
    )
    (escalated,) = lake.one(
        "SELECT count(*) FROM facts AS f WHERE f.escalated = 1 OR EXISTS (SELECT 1 FROM transfers AS t "
        "WHERE t.ticket_id = f.ticket_id AND t.to_tier > t.from_tier)"
    )
    (touched,) = lake.one("SELECT count(*) FROM facts WHERE actions > 0")
    tiers = audit.features.tiers
    said = _("%(share)s of tickets are escalated; teams pass %(transfers)s tickets on, %(back)s of them come back.") % {
        "share": share(escalated / max(touched, 1)),
        "transfers": count(transfers),
        "back": count(returned),
    }
    return Found(
        says=said,
        figures={
            "escalated": escalated,
            "escalated_share": escalated / max(touched, 1),
            "premature_share": early / transfers if transfers else None,
            "transfers": transfers,
            "returned": returned,
        },
        sample=touched,
        certainty=Certainty.MEASURED,
        do=_("Agree what tier 1 tries and records before it escalates; a gate asks for it."),
        tables=(_teams(audit),) if transfers else (),
        tickets=audit.sources("f.escalated = 1 OR f.transfers > 0", "f.transfers DESC, f.created_ms DESC"),
        notes=()
        if tiers
        else (_("Tiers are not mapped: what is counted are recorded escalations and changes of team."),),
    )


def _teams(audit: Context) -> Table:
    rows = audit.lake.rows(
        "SELECT from_team, to_team, count(*) AS n, sum(early) FROM transfers GROUP BY from_team, to_team "
        "ORDER BY n DESC, from_team, to_team LIMIT 15"
    )
    names = audit.people(team for row in rows for team in row[:2])
    columns = (
        Column("from", _("From"), Unit.TEXT),
        Column("to", _("To"), Unit.TEXT),
        Column("times", _("Times")),
        Column("early", _("Before any work")),
    )
    shown = tuple((names[a], names[b], n, int(early)) for a, b, n, early in rows)
    return Table("teams", _("Between which teams"), columns, shown)
