"""Reading sender rules: for the page, for mails that arrive, and for learning."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Count, F
from django.utils.translation import gettext as _

from headway.foundation import pages
from headway.foundation.errors import NotFound
from headway.foundation.pages import Page
from headway.intake.models import SenderRule
from headway.intake.spam.rules import ENOUGH, Domain, Known, asks, patterns_of
from headway.people.models import Agent, BrandAddress, Identity, OrganisationDomain
from headway.people.rules.identities import domain as comparable_domain
from headway.people.rules.identities import host_of
from headway.tickets.models import Ticket

_FORCE = SenderRule.objects.filter(removed_at__isnull=True)


@dataclass(frozen=True, slots=True)
class Row:
    """A rule. `sender` is an address or a domain; `origin` says what it was learned from, `agent` by whom."""

    id: int
    sender: str
    verdict: str
    origin: str
    since: datetime
    agent_id: int | None
    agent: str | None
    ticket_id: int | None
    matches: int
    matched_at: datetime | None
    removed_at: datetime | None


_ROW = ("id", "pattern", "verdict", "origin", "since", "agent_id", "agent__name", "ticket_id", "matches", "matched_at")


def listed(
    shown: Literal["suspect", "allow", "removed"], *, search: str = "", cursor: str | None = None, limit: int = 50
) -> Page[Row]:
    """Rules of a verdict that are in force, or those removed; the newest first. One query."""
    rules = SenderRule.objects.filter(removed_at__isnull=False) if shown == "removed" else _FORCE.filter(verdict=shown)
    if search.strip():
        rules = rules.filter(pattern__icontains=search.strip())
    if cursor:
        (last,) = pages.decode(cursor, (int,))
        rules = rules.filter(pk__lt=last)
    rows = [Row(*values) for values in rules.order_by("-pk").values_list(*_ROW, "removed_at")[: limit + 1]]
    more = len(rows) > limit
    rows = rows[:limit]
    return Page(rows, pages.encode(rows[-1].id) if more else None)


def one(sender_rule_id: int) -> SenderRule:
    """The rule with this id, in force or not. Raises NotFound."""
    rule = SenderRule.objects.select_related("agent").filter(pk=sender_rule_id).first()
    if rule is None:
        raise NotFound(_("There is no such rule any more."))
    return rule


def named(sender_rule_id: int | None) -> SenderRule | None:
    """The same, None for one that is gone."""
    return SenderRule.objects.select_related("agent").filter(pk=sender_rule_id).first() if sender_rule_id else None


def in_force(pattern: str) -> SenderRule | None:
    """The rule that holds for this address or domain itself."""
    return _FORCE.filter(pattern=pattern).first()


def about(addresses: Iterable[str]) -> dict[str, Known]:
    """The rules that speak of these addresses (in comparable form), by address or domain. One query, none for none."""
    wanted = {pattern for address in addresses for pattern in patterns_of(address)}
    if not wanted:
        return {}
    rows = _FORCE.filter(pattern__in=wanted).values_list("pattern", "pk", "verdict")
    return {pattern: Known(pk, verdict) for pattern, pk, verdict in rows}


def was_answered(customer_id: int) -> bool:
    """Whether we answered a customer in a ticket that is no spam."""
    return Ticket.objects.filter(
        customer_id=customer_id, first_replied_at__isnull=False, suspected_at__isnull=True
    ).exists()


def own_domains() -> set[str]:
    """The domains of our own addresses: brands' and people's. Two queries."""
    addresses = [
        *BrandAddress.objects.values_list("address", flat=True),
        *Agent.objects.values_list("email", flat=True),
    ]
    return {known for address in addresses if (known := comparable_domain(host_of(address)))}


def domain(name: str) -> Domain:
    """What is known of a domain. Six queries."""
    removed = SenderRule.objects.filter(pattern=name, removed_at__isnull=False, removed_by_hand=True)
    return Domain(
        name=name,
        marked=_FORCE.filter(domain=name, verdict="suspect").exclude(pattern=name).count(),
        ours=name in own_domains(),
        decided=removed.exists(),
        served=name in _served([name]),
    )


def worth_asking() -> list[Domain]:
    """Domains several of whose addresses are suspected, about which a person should decide. Six queries at most."""
    counted = (
        _FORCE.filter(verdict="suspect", pattern__contains="@")
        .values("domain")
        .annotate(marked=Count("pk"))
        .filter(marked__gte=ENOUGH)
        .order_by("-marked", "domain")
        .values_list("domain", "marked")[:100]
    )
    marked = dict(counted)
    if not marked:
        return []
    ruled = SenderRule.objects.filter(pattern__in=marked).filter(pattern=F("domain"))
    settled = {rule.pattern for rule in ruled if rule.removed_at is None or rule.removed_by_hand}
    own, served = own_domains(), _served(list(marked))
    found = [
        Domain(name, count, ours=name in own, decided=name in settled, served=name in served)
        for name, count in marked.items()
    ]
    return [it for it in found if it.served and asks(it)]


def _served(names: Collection[str]) -> set[str]:
    """Those of some domains that are an organisation's, or at which we answered customers."""
    found = set(OrganisationDomain.objects.filter(domain__in=names).values_list("domain", flat=True))
    for name in set(names) - found:
        there = Identity.objects.filter(kind=Identity.Kinds.EMAIL, value__endswith=f"@{name}")
        customers = there.values_list("customer_id", flat=True)
        if Ticket.objects.filter(
            customer_id__in=customers, first_replied_at__isnull=False, suspected_at__isnull=True
        ).exists():
            found.add(name)
    return found
