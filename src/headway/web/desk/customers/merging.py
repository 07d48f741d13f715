"""Two records of one person become one: who it may be, both sides before it happens, and the way back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from headway.foundation.errors import HeadwayError, Invalid
from headway.people.actions import merging as actions
from headway.people.models import Customer
from headway.people.queries import customers as queries
from headway.people.queries import duplicates
from headway.people.rules import Permission
from headway.people.rules.duplicates import Reason
from headway.tickets.queries import dealings
from headway.tickets.queries.dealings import Activity
from headway.web.desk.customers.listing import NO_TICKET, PAGE, rows
from headway.web.desk.customers.one import Known, facts_of, identities_of, name_of
from headway.web.desk.customers.tabs import tabs
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices
from headway.web.desk.words import number

REASONS = {
    Reason.KNOWN: gettext_noop("What one has among its facts recognises the other"),
    Reason.ADDRESS: gettext_noop("The same mailbox"),
    Reason.DOMAIN: gettext_noop("The same name at the same domain"),
    Reason.ORGANISATION: gettext_noop("The same name in the same organisation"),
    Reason.NAME: gettext_noop("The same name"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records, before they become one."""

    id: int
    name: str
    organisation: str
    identities: list[Known]
    facts: list[tuple[str, str]]
    language: str
    timezone: str
    since: datetime
    activity: Activity


@desk(Permission.CUSTOMERS)
def duplicate_pairs(request: DeskRequest) -> HttpResponse:
    """Pairs across the workspace that look like one person each."""
    found = duplicates.pairs()
    shown = {
        "nav": navigation(request),
        "tabs": tabs(request, f"{PAGE}/duplicates"),
        "notices": notices(request),
        "pairs": list(
            zip(
                rows(request, [each.first for each in found]), rows(request, [each.second for each in found]),
                strict=True,
            )
        ),
    }  # fmt: skip
    return render(request, "desk/customers/duplicates.jinja", shown)


@desk(Permission.CUSTOMERS)
def suggested(request: DeskRequest, customer_id: int) -> HttpResponse:
    """Who may be the same person, for the customer's screen, which asks once it is drawn."""
    found = queries.customer_by_id(customer_id)
    shown = {"customer": found, "suggestions": _suggestions(found)}
    return render(request, "desk/customers/_suggested.jinja", shown)


@desk(Permission.CUSTOMERS)
def merger(request: DeskRequest, customer_id: int) -> HttpResponse:
    """GET: choosing the other record (`q` finds), or both sides when `other` names one. POST `other`: it is merged into
    this one. POST `part`: a record merged into this one becomes one of its own again."""
    found = queries.customer_by_id(customer_id)
    if request.method == "POST":
        return _act(request, found)
    if found.pk != customer_id:
        return HttpResponseRedirect(f"{PAGE}/{found.pk}")
    other = number(request.GET.get("other"))
    shown: dict[str, Any] = {"nav": navigation(request), "notices": notices(request), "customer": found}
    shown["name"] = name_of(found)
    if other:
        return render(
            request, "desk/customers/merge.jinja", shown | _both(request, found, queries.customer_by_id(other))
        )
    words = request.GET.get("q", "").strip()[:200]
    matches = [one for one in queries.search(words, limit=10).rows if one.pk != found.pk] if words else []
    shown |= {"words": words, "rows": rows(request, matches), "suggestions": _suggestions(found), "keeps": None}
    return render(request, "desk/customers/merge.jinja", shown)


def _both(request: DeskRequest, found: Customer, other: Customer) -> dict[str, Any]:
    if other.pk == found.pk:
        raise Invalid(_("These are the same customer."))
    keeps, goes = _side(request, found), _side(request, other)
    takes = [
        (words, getattr(goes, name))
        for name, words in (
            ("organisation", _("Organisation")), ("language", _("Language")), ("timezone", _("Time zone")),
        )
        if getattr(goes, name) and not getattr(keeps, name)
    ]  # fmt: skip
    known = {key for key, _value in keeps.facts}
    takes += [(key, value) for key, value in goes.facts if key not in known]
    lost = [(key, value) for key, value in goes.facts if key in known and (key, value) not in keeps.facts]
    return {"keeps": keeps, "goes": goes, "takes": takes, "lost": lost}


def _side(request: DeskRequest, customer: Customer) -> Side:
    return Side(
        customer.pk, name_of(customer), customer.organisation.name if customer.organisation else "",
        identities_of(customer), facts_of(customer.facts), customer.language, customer.timezone, customer.created_at,
        dealings.activity(request.user, [customer.pk]).get(customer.pk, NO_TICKET),
    )  # fmt: skip


def _act(request: DeskRequest, found: Customer) -> HttpResponse:
    here, actor = f"{PAGE}/{found.pk}", request.user.actor
    parted = number(request.POST.get("part"))
    if parted:
        back = queries.customer_exactly(parted)
        if back.merged_into_id != found.pk:
            return done(request, here, lambda: _refuse(_("This record is not merged into this customer any more.")))
        said = _("%(name)s is a customer of their own again. The tickets that came along return in a moment.")
        return done(request, f"{PAGE}/{parted}", lambda: actions.part(back, actor=actor), said % {"name": back.name})
    other = number(request.POST.get("other")) or 0
    said = _("Merged. The tickets follow in a moment. You can take it back below, now or later.")
    return done(request, here, lambda: actions.merge(queries.customer_exactly(other), found, actor=actor), said)


def _refuse(words: str) -> None:
    raise HeadwayError(words)


def _suggestions(customer: Customer) -> list[tuple[int, str, str, str]]:
    """Id, name, an address, and why, of who may be the same person."""
    found = []
    for each in duplicates.suggestions(customer):
        known = identities_of(each.customer)
        found.append(
            (each.customer.pk, name_of(each.customer), known[0].value if known else "", _(REASONS[each.reason]))
        )
    return found
