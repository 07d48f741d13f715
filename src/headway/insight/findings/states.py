"""Where the time between creation and resolution goes: us, the customer, others, idle."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from headway.insight.findings.context import Context
from headway.insight.findings.finding import Certainty, Figure, Found, Off, Spec
from headway.insight.findings.table import Column, Drawing, Table, Unit
from headway.insight.findings.values import duration, share
from headway.insight.lake.deriving import IDLE_MS

SPEC = Spec(
    "time_by_state",
    gettext_noop("Whom tickets wait for"),
    ("wait", "resolved"),
    {
        "us_share": Figure(Unit.SHARE, "of the time to resolution, waiting for us and being worked on"),
        "idle_share": Figure(Unit.SHARE, "of it, lying with us beyond 24 hours with nothing recorded"),
        "customer_share": Figure(Unit.SHARE, "of it, waiting for the customer"),
        "others_share": Figure(Unit.SHARE, "of it, waiting for others"),
        "settled_share": Figure(Unit.SHARE, "of it, solved before the ticket came back"),
        "mean_ms": Figure(Unit.MS, "creation to resolution, mean: what the shares are of"),
    },
)
_PARTS = ("us", "idle", "customer", "others", "settled")


def find(audit: Context) -> Found | Off:
    """Needs steps, and statuses or messages that tell whom a ticket waits for."""
    if not audit.features.several_steps or not (audit.features.statuses or audit.features.messages):
        return Off(_("The source records neither statuses nor messages, so nothing says whom a ticket waited for."))
    sums = audit.lake.one(
        f"SELECT count(resolved_ms), {', '.join(f'sum({part}_ms)' for part in _PARTS)} FROM facts WHERE "
        f"resolved_ms IS NOT NULL"
    )
    tickets, parts = int(sums[0]), [int(value or 0) for value in sums[1:]]
    whole = sum(parts)
    if not whole:
        return Off(_("No ticket was resolved in this period."))
    shares = dict(zip(_PARTS, (part / whole for part in parts), strict=True))
    worst = audit.lake.named("idle_steps", idle_ms=IDLE_MS)
    says = _("Tickets take %(mean)s to resolve on average; for %(share)s of that time they lie with you untouched.") % {
        "mean": duration(whole // tickets),
        "share": share(shares["idle"]),
    }
    return Found(
        says=says,
        figures={f"{part}_share": value for part, value in shares.items()} | {"mean_ms": whole // tickets},
        sample=tickets,
        certainty=Certainty.MEASURED,
        do=_advice(audit, worst, shares),
        tables=(_parts(parts, whole, tickets), _idle(audit, worst)),
        tickets=audit.sources("f.idle_ms > 0", "f.idle_ms DESC"),
    )


def _advice(audit: Context, worst: list[dict[str, object]], shares: dict[str, float]) -> str:
    if shares["customer"] > max(shares["idle"], shares["us"]):
        return _("Most waiting is for customers: ask for everything needed at once, and remind them by itself.")
    if not worst:
        return _("Nothing lies for more than a day. Look at the hand-offs next.")
    return _("Begin where tickets lie longest: between “%(from)s” and “%(to)s”. Who owns a ticket there?") % {
        "from": audit.said(str(worst[0]["from_activity"])),
        "to": audit.said(str(worst[0]["to_activity"])),
    }


def _parts(parts: list[int], whole: int, tickets: int) -> Table:
    names = (
        _("With us, in work"),
        _("With us, idle"),
        _("With the customer"),
        _("With others"),
        _("Solved, then back"),
    )
    columns = (
        Column("state", _("Waiting"), Unit.TEXT),
        Column("share", _("Share of time"), Unit.SHARE),
        Column("mean", _("Mean a ticket"), Unit.MS),
    )
    rows = tuple((name, part / whole, part // tickets) for name, part in zip(names, parts, strict=True))
    return Table("states", _("Time to resolution by whom tickets wait for"), columns, rows, Drawing.PARTS)


def _idle(audit: Context, worst: list[dict[str, object]]) -> Table:
    columns = (
        Column("from", _("After"), Unit.TEXT),
        Column("to", _("Until"), Unit.TEXT),
        Column("times", _("Times")),
        Column("idle", _("Idle each time, on average"), Unit.MS),
    )
    rows = tuple(
        (
            audit.said(str(row["from_activity"])),
            audit.said(str(row["to_activity"])),
            row["times"],
            int(str(row["idle_ms"])) // int(str(row["times"])),
        )
        for row in worst
    )
    return Table("idle_steps", _("Where tickets lie longest while they wait for you"), columns, rows)  # type: ignore[arg-type]
