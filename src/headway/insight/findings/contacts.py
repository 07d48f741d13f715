"""How often customers need support at all: the contact rate, and who writes again and again."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from headway.insight.findings.context import Context
from headway.insight.findings.finding import Certainty, Figure, Found, Off, Spec
from headway.insight.findings.table import Column, Drawing, Table, Unit
from headway.insight.findings.values import count, number, share

SPEC = Spec(
    "contact_rate",
    gettext_noop("How often customers need support"),
    ("contact_rate", "population"),
    {
        "per_100_month": Figure(
            Unit.NUMBER, "tickets a month for each 100 customers; empty where nobody said how many there are"
        ),
        "customers": Figure(Unit.COUNT, "customers, as entered or as the source lists them; empty where neither is"),
        "asking": Figure(Unit.COUNT, "customers with a ticket in the period"),
        "tickets_each": Figure(Unit.NUMBER, "tickets of a customer who has any, mean"),
        "often_share": Figure(Unit.SHARE, "tickets of customers with three or more in the period"),
    },
)
_OFTEN = 3


def find(audit: Context) -> Found | Off:
    """Needs who asked."""
    if not audit.features.customers:
        return Off(_("The source does not say who asked."))
    rows = audit.lake.named("customers")
    asking, tickets = sum(row["customers"] for row in rows), sum(row["tickets"] * row["customers"] for row in rows)
    if not asking:
        return Off(_("The source does not say who asked."))
    often = sum(row["tickets"] * row["customers"] for row in rows if row["tickets"] >= _OFTEN)
    whole = audit.customers
    rate = audit.tickets / audit.months / whole * 100 if whole else None
    says = ngettext(
        "%(customers)s customer wrote; %(share)s of tickets come from those with three or more.",
        "%(customers)s customers wrote; %(share)s of tickets come from those with three or more.",
        asking,
    ) % {
        "customers": count(asking),
        "share": share(often / tickets),
    }
    if rate is not None:
        told = _("Of each 100 customers, %s tickets come in a month.") % number(rate)
        says = f"{told} {says}"
    return Found(
        says=says,
        figures={
            "per_100_month": rate,
            "customers": whole,
            "asking": asking,
            "tickets_each": tickets / asking,
            "often_share": often / tickets,
        },
        sample=tickets,
        certainty=Certainty.MEASURED,
        do=_("Hold this rate down before you count heads: it says how many tickets each new customer brings."),
        tables=(_table(rows),),
        tickets=_examples(audit),
        notes=()
        if whole or audit.desk
        else (_("How many customers you have is not in the source: enter --customers to see the rate."),),
    )


def _table(rows: Sequence[Mapping[str, int]]) -> Table:
    columns = (
        Column("tickets_each", _("Their customer wrote"), Unit.TEXT),
        Column("tickets", _("Tickets")),
        Column("customers", _("Customers")),
    )
    classes = (
        (_("once"), 1, 1),
        *((_("%s times") % name, least, most) for name, least, most in (("2", 2, 2), ("3–5", 3, 5), ("6–10", 6, 10))),
        (_("more than 10 times"), 11, 2**31),
    )
    shown = []
    for name, least, most in classes:
        own = [row for row in rows if least <= row["tickets"] <= most]
        customers = sum(row["customers"] for row in own)
        if customers:
            shown.append((name, sum(row["tickets"] * row["customers"] for row in own), customers))
    return Table("customers", _("Tickets by how often their customer wrote"), columns, tuple(shown), Drawing.BARS)


def _examples(audit: Context) -> Sequence[str]:
    """Tickets of who wrote most often."""
    (most,) = audit.lake.one(
        "SELECT customer_id FROM facts WHERE customer_id IS NOT NULL GROUP BY customer_id "
        "ORDER BY count(*) DESC, customer_id LIMIT 1"
    )
    return audit.sources(f"f.customer_id = {int(most)}", "f.created_ms DESC")
