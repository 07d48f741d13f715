"""How long customers wait: first response and resolution as distributions, elapsed and in business hours."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from headway.insight.findings.context import Context
from headway.insight.findings.finding import Certainty, Figure, Found, Off, Spec
from headway.insight.findings.table import Column, Table, Unit, Value
from headway.insight.findings.values import duration
from headway.insight.lake.quantiles import quantiles

SPEC = Spec(
    "responses",
    gettext_noop("How long customers wait"),
    ("first_response", "first_touch", "resolution_time"),
    {
        "first_response_median_ms": Figure(Unit.MS, "time to first response, median"),
        "first_response_p90_ms": Figure(Unit.MS, "time to first response, 90th percentile"),
        "first_touch_median_ms": Figure(Unit.MS, "time to first touch, median"),
        "first_touch_p90_ms": Figure(Unit.MS, "time to first touch, 90th percentile"),
        "resolution_median_ms": Figure(Unit.MS, "resolution time, median"),
        "resolution_p90_ms": Figure(Unit.MS, "resolution time, 90th percentile"),
        "first_response_open_median_ms": Figure(Unit.MS, "time to first response in business hours, median"),
        "resolution_open_median_ms": Figure(Unit.MS, "resolution time in business hours, median"),
    },
)
_PERCENTS = (10, 25, 50, 75, 90, 95)


def find(audit: Context) -> Found | Off:
    """Needs any of: replies, actions of people, resolutions."""
    audit.lake.derive("open_time")
    measures = [("resolve", _("Resolution")), ("touch", _("First touch"))]
    if audit.features.messages:
        measures.insert(0, ("reply", _("First response")))
    rows: list[tuple[Value, ...]] = []
    known: dict[str, tuple[int, list[int | None]]] = {}
    for key, name in measures:
        known[key] = quantiles(audit.lake, "open_time", f"{key}_ms", _PERCENTS)
        rows.append((name, *known[key][1], known[key][0]))
        if audit.hours:
            known[f"{key}_open"] = quantiles(audit.lake, "open_time", f"{key}_open_ms", _PERCENTS)
            rows.append((_("%s, business hours") % name, *known[f"{key}_open"][1], known[f"{key}_open"][0]))
    rows = [row for row in rows if row[-1]]
    if not rows:
        return Off(_("The source shows neither replies nor resolutions."))

    def at(key: str, percent: int) -> int | None:
        return known[key][1][_PERCENTS.index(percent)] if key in known else None

    figures = {
        "first_response_median_ms": at("reply", 50),
        "first_response_p90_ms": at("reply", 90),
        "first_touch_median_ms": at("touch", 50),
        "first_touch_p90_ms": at("touch", 90),
        "resolution_median_ms": at("resolve", 50),
        "resolution_p90_ms": at("resolve", 90),
        "first_response_open_median_ms": at("reply_open", 50),
        "resolution_open_median_ms": at("resolve_open", 50),
    }
    return Found(
        says=_says(figures),
        figures=figures,
        sample=max(int(str(row[-1])) for row in rows),
        certainty=Certainty.MEASURED,
        do=_("Read ten of the slowest tenth: what did each of them wait for?"),
        tables=(_table(rows),),
        tickets=audit.sources("f.resolved_ms IS NOT NULL", "f.resolved_ms - f.created_ms DESC"),
        notes=()
        if audit.hours or audit.desk
        else (_('Elapsed time. Add --hours "mon-fri 09:00-17:00" for business hours.'),),
    )


def _says(figures: dict[str, int | None]) -> str:
    parts = []
    if (first := figures["first_response_median_ms"]) is not None:
        parts.append(_("Half of your customers wait more than %s for a first answer.") % duration(first))
    elif (touch := figures["first_touch_median_ms"]) is not None:
        parts.append(_("Half of the tickets lie for more than %s before anybody touches them.") % duration(touch))
    median, slow = figures["resolution_median_ms"], figures["resolution_p90_ms"]
    if median is not None and slow is not None:
        parts.append(
            _("Half are resolved after %(median)s; one in ten takes more than %(slow)s.")
            % {"median": duration(median), "slow": duration(slow)}
        )
    return " ".join(parts)


def _table(rows: list[tuple[Value, ...]]) -> Table:
    columns = (
        Column("measure", _("From creation to"), Unit.TEXT),
        *(Column(f"p{percent}", _("%d%% within") % percent, Unit.MS) for percent in _PERCENTS),
        Column("tickets", _("Tickets")),
    )
    return Table("distribution", _("How long it takes"), columns, tuple(rows))
