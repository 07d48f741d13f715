"""Resolved at the first contact, by a definition that is not flattered by silence or a second ticket."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from headway.insight.findings.context import Context
from headway.insight.findings.finding import Certainty, Figure, Found, Off, Spec
from headway.insight.findings.table import Unit
from headway.insight.findings.values import share
from headway.insight.lake.deriving import DAY_MS

SPEC = Spec(
    "first_contact",
    gettext_noop("Resolved at first contact"),
    ("first_contact", "resolved"),
    {
        "first_contact_share": Figure(
            Unit.SHARE, "resolved at first contact, of resolved tickets whose 7 days have passed"
        ),
        "one_touch_share": Figure(Unit.SHARE, "of the same, resolved with exactly one action"),
        "again_share": Figure(Unit.SHARE, "of the same, followed by a ticket of the same category within 7 days"),
    },
)
AGAIN_MS = 7 * DAY_MS


def find(audit: Context) -> Found | Off:
    """Needs messages, customers and resolutions."""
    if not (audit.features.messages and audit.features.several_steps and audit.features.solves):
        return Off(_("Needs messages and resolutions, which the source does not have."))
    if not audit.features.customers:
        return Off(_("The source does not say who asked, so nothing tells whether they asked again."))
    row = audit.lake.single("first_contact", again_ms=AGAIN_MS, end_ms=audit.span_ms[1])
    due = row["due"]
    if not due:
        return Off(_("No ticket was resolved at least 7 days before the data ends."))
    found, again = int(row["first_contact"]) / due, int(row["again"]) / due
    return Found(
        says=_("%(share)s are resolved at first contact; %(again)s ask about the same again within a week.")
        % {"share": share(found), "again": share(again)},
        figures={
            "first_contact_share": found,
            "one_touch_share": int(row["one_touch"]) / due,
            "again_share": again,
        },
        sample=due,
        certainty=Certainty.MEASURED,
        do=_("70 to 85% is healthy. Below it, look at what the first answer lacked.")
        if found < 0.7
        else _("70 to 85% is healthy. Keep it there while you automate."),
        tickets=audit.sources("f.resolved_ms IS NOT NULL AND f.our_turns > 1", "f.our_turns DESC"),
    )
