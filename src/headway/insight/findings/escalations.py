"""Escalations and transfers: how many, how early, where they bounce back."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from headway.insight.findings.context import Context
from headway.insight.findings.finding import Certainty, Figure, Found, Off, Spec
from headway.insight.findings.table import Column, Table, Unit, Value
from headway.insight.findings.values import count, share
from headway.insight.lake.quantiles import quantiles

SPEC = Spec(
    "escalations",
    gettext_noop("Escalations and transfers"),
    ("escalation", "handover"),
    {
        "escalated": Figure(
            Unit.COUNT,
            "tickets moved to a higher tier or outside support; where tiers are not mapped, those that the source "
            "itself calls escalated",
        ),
        "escalated_share": Figure(
            Unit.SHARE, "escalated ones of the tickets tier 1 touched; empty where tiers are not mapped"
        ),
        "premature_share": Figure(
            Unit.SHARE,
            "of the escalations, those before any reply or recorded step; where tiers are not mapped, this and the "
            "following are of everything handed on",
        ),
        "incomplete_share": Figure(
            Unit.SHARE,
            "of the escalations, those without a note; empty where no notes are recorded",
        ),
        "retriaged_share": Figure(
            Unit.SHARE, "of the escalations, those passed on again before anybody worked on the ticket"
        ),
        "received_median_ms": Figure(Unit.MS, "from the escalation to the first work behind it, median"),
        "asked_again_share": Figure(
            Unit.SHARE, "of the escalations, those behind whose next reply the customer had to write again"
        ),
        "transfers": Figure(Unit.COUNT, "changes of team"),
        "returned": Figure(Unit.COUNT, "changes back to a team that had the ticket before"),
    },
)


def find(audit: Context) -> Found | Off:
    """Needs teams, or recorded escalations. Where tiers are not mapped, every change of team is looked at."""
    lake = audit.lake
    (recorded,) = lake.one("SELECT count(*) FROM facts WHERE escalated = 1")
    if not audit.features.teams and not recorded:
        return Off(_("The source records neither teams nor escalations."))
    tiers = audit.features.tiers
    lake.derive("escalations", up=int(tiers))
    (transfers,) = lake.one("SELECT count(*) FROM transfers")
    (returned,) = lake.one(
        "SELECT count(*) FROM transfers AS t WHERE EXISTS (SELECT 1 FROM transfers AS e WHERE e.ticket_id = "
        "t.ticket_id "
        "AND e.from_team = t.to_team AND (e.at_ms < t.at_ms OR (e.at_ms = t.at_ms AND e.event_id < t.event_id)))"
    )
    (escalated,) = lake.one("SELECT count(DISTINCT ticket_id) FROM moves WHERE up = 1")
    touched = lake.single("tier_touched")["tickets"] if tiers else None
    part = _of_the_lowest(audit) / max(touched, 1) if touched is not None else None
    figures, told = _handovers(audit)
    up, back = _escalated(escalated, part), _back(returned)
    passed = _passed(transfers) if audit.features.teams else ""
    said = (up, told, passed, back) if tiers else (up, passed, told, back)
    return Found(
        says=" ".join(filter(None, said)),
        figures={
            "escalated": escalated,
            "escalated_share": part,
            **figures,
            "transfers": transfers,
            "returned": returned,
        },
        sample=audit.tickets if touched is None else touched,
        certainty=Certainty.MEASURED,
        do=_("Agree what tier 1 tries and records before it escalates; a gate asks for it."),
        tables=(_teams(audit),) if transfers else (),
        tickets=_examples(audit),
        notes=()
        if tiers
        else (_("Tiers are not mapped: what is counted are recorded escalations and changes of team."),),
    )


def _escalated(tickets: int, part: float | None) -> str:
    if part is not None:
        return _("%s of the tickets that tier 1 had are escalated.") % share(part)
    if not tickets:
        return ""
    said = ngettext("%s ticket is recorded as escalated.", "%s tickets are recorded as escalated.", tickets)
    return said % count(tickets)


def _passed(times: int) -> str:
    if not times:
        return _("No ticket changes teams.")
    said = ngettext("Teams pass a ticket on once.", "Teams pass tickets on %(n)s times.", times)
    return said % {"n": count(times)}


def _back(times: int) -> str:
    if not times:
        return ""
    said = ngettext(
        "Once it goes back to a team that had it.", "%(n)s times they go back to a team that had them.", times
    )
    return said % {"n": count(times)}


def _of_the_lowest(audit: Context) -> int:
    """Escalated tickets that a team of the lowest tier had: those that began higher up are none of its."""
    (n,) = audit.lake.one(
        "SELECT count(DISTINCT m.ticket_id) FROM moves AS m JOIN steps AS s ON s.ticket_id = m.ticket_id "
        "JOIN people AS p ON p.person_id = s.team_id "
        "WHERE m.up = 1 AND p.tier = (SELECT min(tier) FROM people WHERE kind = 'team')"
    )
    return int(n)


def _handovers(audit: Context) -> tuple[dict[str, Value], str]:
    """What escalations were like: shares of all, and a sentence."""
    n, early, told, again, asked = audit.lake.one(
        "SELECT count(*), sum(early), sum(told), sum(again), sum(asked) FROM escalations"
    )
    (notes,) = audit.lake.one("SELECT count(*) FROM (SELECT 1 FROM steps WHERE kind = 'note' LIMIT 1) AS any_note")
    _n, (median,) = quantiles(audit.lake, "escalations", "work_ms", (50,))
    incomplete = 1 - told / n if n and notes else None
    figures: dict[str, Value] = {
        "premature_share": early / n if n else None,
        "incomplete_share": incomplete,
        "retriaged_share": again / n if n else None,
        "received_median_ms": median,
        "asked_again_share": asked / n if n and audit.features.messages else None,
    }
    if not n:
        return figures, ""
    if incomplete is None:
        return figures, _("%s of them come before any reply or recorded step.") % share(early / n)
    sentence = _("%(early)s of them come before any reply or recorded step, %(bare)s without a note.")
    return figures, sentence % {"early": share(early / n), "bare": share(incomplete)}


def _examples(audit: Context) -> Sequence[str]:
    """The worst first: early, told nothing, passed on again."""
    return [
        row[0]
        for row in audit.lake.rows(
            "SELECT t.source_id FROM escalations AS e JOIN tickets AS t ON t.ticket_id = e.ticket_id "
            "GROUP BY t.source_id, t.ticket_id "
            "ORDER BY max(e.early + e.again - e.told) DESC, max(e.at_ms) DESC, t.ticket_id LIMIT 10"
        )
    ]


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
