"""Hand-offs between people, and tickets that bounce back."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from headway.insight.findings.context import Context
from headway.insight.findings.finding import Certainty, Figure, Found, Off, Spec
from headway.insight.findings.table import Column, Drawing, Table, Unit
from headway.insight.findings.values import duration, number, share
from headway.insight.lake.quantiles import quantiles

SPEC = Spec(
    "handoffs",
    gettext_noop("Hand-offs and ping-pong"),
    ("handoff", "ping_pong"),
    {
        "handoffs": Figure(Unit.COUNT, "hand-offs in all"),
        "per_ticket": Figure(Unit.NUMBER, "hand-offs a ticket, mean"),
        "with_handoff_share": Figure(Unit.SHARE, "tickets with at least one"),
        "ping_pong": Figure(Unit.COUNT, "hand-offs to somebody who had the ticket before"),
        "ping_pong_share": Figure(Unit.SHARE, "tickets with at least one of those"),
        "median_without_ms": Figure(Unit.MS, "resolution time of tickets without a hand-off, median"),
        "median_with_ms": Figure(Unit.MS, "resolution time of tickets with one or more, median"),
    },
)


def find(audit: Context) -> Found | Off:
    """Needs to know who did what."""
    if not audit.features.people or not audit.features.work:
        return Off(_("The source does not say who did what on a ticket."))
    if not audit.workers:
        return Off(_("No ticket shows work by a person."))
    lake = audit.lake
    total, backs, with_one, bounced = lake.one(
        "SELECT sum(handoffs), sum(backs), sum(CASE WHEN handoffs > 0 THEN 1 ELSE 0 END), "
        "sum(CASE WHEN backs > 0 THEN 1 ELSE 0 END) FROM facts"
    )
    _n, (without,) = quantiles(lake, "facts", "CASE WHEN handoffs = 0 THEN resolved_ms - created_ms END", (50,))
    _n, (with_ms,) = quantiles(lake, "facts", "CASE WHEN handoffs > 0 THEN resolved_ms - created_ms END", (50,))
    says = _(
        "%(share)s of tickets change hands, %(mean)s times on average; %(back)s bounce back to somebody who had them."
    )
    return Found(
        says=says
        % {
            "share": share(with_one / audit.tickets),
            "mean": number(total / max(with_one, 1)),
            "back": share(bounced / audit.tickets),
        },
        figures={
            "handoffs": int(total),
            "per_ticket": total / audit.tickets,
            "with_handoff_share": with_one / audit.tickets,
            "ping_pong": int(backs),
            "ping_pong_share": bounced / audit.tickets,
            "median_without_ms": without,
            "median_with_ms": with_ms,
        },
        sample=audit.tickets,
        certainty=Certainty.MEASURED,
        do=_advice(without, with_ms),
        tables=(_distribution(audit), _pairs(audit)),
        tickets=audit.sources("f.handoffs > 0", "f.backs DESC, f.handoffs DESC"),
    )


def _advice(without: int | None, with_ms: int | None) -> str:
    if without is not None and with_ms is not None and with_ms > without:
        return _(
            "Route by skill at the first touch: tickets that change hands take %(with)s at the median, others "
            "%(without)s."
        ) % {"with": duration(with_ms), "without": duration(without)}
    return _("Hand-offs do not slow your tickets down. Ask whether each still needs two people.")


def _distribution(audit: Context) -> Table:
    columns = (Column("handoffs", _("Hand-offs"), Unit.TEXT), Column("tickets", _("Tickets")))
    rows = audit.lake.rows(
        "SELECT CASE WHEN handoffs >= 5 THEN '5+' ELSE CAST(handoffs AS STRING) END AS n, count(*) FROM facts "
        "GROUP BY n ORDER BY n"
    )
    called = {"0": _("never"), "1": _("once"), "5+": _("five times or more")}
    shown = tuple((called.get(times) or _("%s times") % times, tickets) for times, tickets in rows)
    return Table("distribution", _("How often tickets change hands"), columns, shown, Drawing.BARS)


def _pairs(audit: Context) -> Table:
    pairs = audit.lake.named("handoff_pairs")
    names = audit.people(row[end] for row in pairs for end in ("from_id", "to_id"))
    columns = (
        Column("from", _("From"), Unit.TEXT),
        Column("to", _("To"), Unit.TEXT),
        Column("times", _("Times")),
        Column("backs", _("Of them back")),
    )
    rows = tuple((names[row["from_id"]], names[row["to_id"]], row["times"], int(row["backs"])) for row in pairs)
    return Table("pairs", _("Between whom"), columns, rows)
