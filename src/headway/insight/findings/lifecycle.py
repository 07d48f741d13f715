"""The lifecycle map: what follows what, how often, and how long it takes."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from headway.insight.findings.context import Context
from headway.insight.findings.finding import Certainty, Figure, Found, Off, Spec
from headway.insight.findings.table import Column, Drawing, Table, Unit
from headway.insight.findings.values import count, share
from headway.insight.lake.quantiles import quantiles

SPEC = Spec(
    "lifecycle",
    gettext_noop("How tickets travel"),
    ("population", "step"),
    {
        "paths": Figure(Unit.COUNT, "different orders of activities"),
        "main_path_share": Figure(Unit.SHARE, "tickets on the most frequent path"),
        "steps_median": Figure(Unit.COUNT, "events on a ticket, median"),
        "steps_p90": Figure(Unit.COUNT, "events on a ticket, 90th percentile"),
    },
)
_PATHS, _EDGES = 10, 60


def find(audit: Context) -> Found | Off:
    """Needs nothing but events; with two moments a ticket there is no map to draw."""
    if not audit.features.several_steps:
        return Off(_("The source has no steps between a ticket's begin and end. Export its events to see the map."))
    lake = audit.lake
    variants, edges = lake.named("variants"), lake.named("follows")
    if not edges:
        return Off(_("No ticket has more than one event."))
    _n, (median, p90) = quantiles(lake, "facts", "events", (50, 90))
    main = variants[0]["tickets"] / audit.tickets
    says = ngettext(
        "%(paths)s path leads through your support, and every ticket takes it.",
        "%(paths)s different paths lead through your support; the most frequent one carries %(share)s of tickets.",
        len(variants),
    ) % {"paths": count(len(variants)), "share": share(main)}
    rare = sum(row["tickets"] for row in variants[_PATHS:])
    do = _(
        "Agree on one path for each kind of ticket. %s of tickets take a path outside the ten most frequent."
    ) % share(rare / audit.tickets)
    return Found(
        says=says,
        figures={"paths": len(variants), "main_path_share": main, "steps_median": median, "steps_p90": p90},
        sample=audit.tickets,
        certainty=Certainty.MEASURED,
        do=do,
        tables=(_map(audit, edges), _activities(audit), _paths(audit, variants[:_PATHS])),
        tickets=audit.sources("f.events > 0", "f.events DESC"),
    )


def _map(audit: Context, edges: list[dict[str, object]]) -> Table:
    columns = (
        Column("from", _("From"), Unit.TEXT),
        Column("to", _("To"), Unit.TEXT),
        Column("times", _("Times")),
        Column("median", _("Median time"), Unit.MS),
        Column("p90", _("90% within"), Unit.MS),
    )
    keys = ("from_activity", "to_activity", "times", "median_ms", "p90_ms")
    rows = tuple(
        (audit.said(str(edge[keys[0]])), audit.said(str(edge[keys[1]])), *(edge[key] for key in keys[2:]))
        for edge in edges[:_EDGES]
    )
    return Table("map", _("What follows what"), columns, rows, Drawing.GRAPH)  # type: ignore[arg-type]


def _activities(audit: Context) -> Table:
    columns = (
        Column("activity", _("Activity"), Unit.TEXT),
        Column("times", _("Times")),
        Column("tickets", _("Tickets")),
        Column("begins", _("Begins a ticket")),
        Column("ends", _("Ends a ticket")),
        Column("place", _("Mean place"), Unit.NUMBER),
    )
    keys = ("times", "tickets", "first_times", "last_times")
    rows = tuple(
        (audit.said(row["activity"]), *(row[key] for key in keys), int(row["places"]) / row["times"])
        for row in audit.lake.named("activities")[:_EDGES]
    )
    return Table("activities", _("Activities"), columns, rows)


def _paths(audit: Context, variants: list[dict[str, int]]) -> Table:
    columns = (
        Column("path", _("Path"), Unit.TEXT),
        Column("tickets", _("Tickets")),
        Column("share", _("Share"), Unit.SHARE),
    )
    steps: dict[int, list[str]] = {row["example_id"]: [] for row in variants}
    marks = ", ".join("?" for _row in variants)
    for ticket, activity in audit.lake.rows(
        f"SELECT ticket_id, activity FROM steps WHERE ticket_id IN ({marks}) ORDER BY ticket_id, place", list(steps)
    ):
        steps[ticket].append(audit.said(activity))
    rows = tuple(
        (" → ".join(steps[row["example_id"]]), row["tickets"], row["tickets"] / audit.tickets) for row in variants
    )
    return Table("paths", _("The most frequent paths"), columns, rows)
