"""A customer's screen: who they are, how they are reached, and everything said with them on every channel."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.people.models import Customer
from headway.people.queries import customers as queries
from headway.people.rules import Permission
from headway.tickets.models import Rating
from headway.tickets.queries import Filter, dealings
from headway.tickets.queries.dealings import Told
from headway.tickets.rules.typed import Part, write
from headway.web.desk.customer import ICONS
from headway.web.desk.customers.listing import PAGE
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import notices
from headway.web.desk.place import Place
from headway.web.desk.story import channel_words

LATEST = 8


@dataclass(frozen=True, slots=True)
class Known:
    """A way the customer is recognised or reached."""

    id: int
    kind: str
    icon: str
    value: str
    verified: bool
    trouble: bool


@desk()
def customer(request: DeskRequest, customer_id: int) -> HttpResponse:
    """The screen. One that was merged leads to the record that lasts."""
    found = queries.customer_by_id(customer_id)
    if found.pk != customer_id:
        return HttpResponseRedirect(f"{PAGE}/{found.pk}")
    chosen, person = Filter(customer_id=found.pk), request.user
    told = dealings.history(person, queries.family(found))
    shown = {
        "nav": navigation(request),
        "notices": notices(request),
        "customer": found,
        "name": name_of(found),
        "identities": identities_of(found),
        "facts": facts_of(found.facts),
        "organisation_facts": facts_of(found.organisation.facts) if found.organisation else [],
        "merged": queries.merged_into(found),
        "counts": dealings.counts(person, chosen),
        "ratings": ratings(request, chosen),
        "tickets": dealings.latest(person, chosen, LATEST),
        "all_tickets": tickets_address(found),
        "may_change": person.may(Permission.CUSTOMERS) and found.erased_at is None,
        "may_erase": person.may(Permission.PRIVACY),
        "may_work": person.may(Permission.WORK) and found.erased_at is None,
    }
    return render(request, "desk/customers/one.jinja", shown | _history(found.pk, told.rows, told.next))


@desk()
def history(request: DeskRequest, customer_id: int) -> HttpResponse:
    """Earlier messages (`cursor`)."""
    found = queries.customer_by_id(customer_id)
    told = dealings.history(request.user, queries.family(found), cursor=request.GET.get("cursor"))
    return render(request, "desk/customers/_history.jinja", _history(found.pk, told.rows, told.next))


def name_of(customer: Customer) -> str:
    """What the customer is called on screens."""
    if customer.erased_at is not None:
        return _("Erased customer")
    first = min(customer.identities.all(), key=lambda each: (each.kind, each.pk), default=None)
    return customer.name or (first.value if first else _("Nobody by name"))


def identities_of(customer: Customer) -> list[Known]:
    """Addresses first, then numbers, then ids of other systems."""
    known = sorted(customer.identities.all(), key=lambda each: (each.kind, each.pk))
    known.sort(key=lambda each: list(ICONS).index(each.kind))
    return [
        Known(each.pk, each.kind, ICONS[each.kind], each.value, each.verified_at is not None, bool(each.trouble))
        for each in known
    ]


def facts_of(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """Facts as a screen shows them: a readable name and the value."""
    words = {True: _("Yes"), False: _("No"), None: "–"}
    return [
        (key.replace("_", " ").capitalize(), words[value] if value is None or isinstance(value, bool) else str(value))
        for key, value in facts.items()
    ]


def ratings(request: DeskRequest, chosen: Filter) -> list[tuple[str, str, int]]:
    """What they said of our work: the scale in words, the mean, of how many."""
    words = dict(Rating.Scales.choices)
    return [
        (str(words.get(each.scale, each.scale)), f"{each.mean:g}", each.count)
        for each in dealings.satisfaction(request.user, chosen)
    ]


def tickets_address(customer: Customer) -> str:
    """Where the inbox shows all their tickets: by an address, which is theirs alone, else by name."""
    address = next((each.value for each in customer.identities.all() if each.kind == "email"), "")
    return Place(view="all", q=write(Part("from", address or customer.name))).full_address()


def _history(customer_id: int, told: Any, cursor: str | None) -> dict[str, Any]:
    days: list[tuple[Told, str]] = [(each, channel_words(each.channel)) for each in told]
    return {"told": days, "more": f"{PAGE}/{customer_id}/history?cursor={cursor}" if cursor else ""}
