"""Organisations: the list, and one with its domains, people and tickets."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.errors import Conflict, Invalid
from headway.people.actions import organisations as actions
from headway.people.models import Organisation
from headway.people.permissions import require
from headway.people.queries import customers, organisations
from headway.people.rules import Permission
from headway.tickets.queries import Filter, dealings
from headway.tickets.rules.typed import Part, write
from headway.web.desk.customers import facts
from headway.web.desk.customers.listing import rows
from headway.web.desk.customers.one import facts_of, ratings
from headway.web.desk.customers.tabs import tabs
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices
from headway.web.desk.place import Place
from headway.web.desk.responses import announce

PAGE = "/desk/organisations"
LATEST = 15
TYPED = ("name", "domains", "notes", "facts")


@desk()
def listing(request: DeskRequest) -> HttpResponse:
    """GET: organisations by name; `q` is a part of a name or domain. POST adds one."""
    if request.method == "POST":
        return _add(request)
    words = request.GET.get("q", "").strip()[:200]
    page = organisations.listed(words, cursor=request.GET.get("cursor"))
    following = {key: value for key, value in {"q": words, "cursor": page.next}.items() if value}
    shown = {
        "nav": navigation(request),
        "tabs": tabs(request, PAGE),
        "notices": notices(request),
        "rows": [
            (row, sorted(each.domain for each in row.domains.all()), getattr(row, "people", 0)) for row in page.rows
        ],
        "words": words,
        "next": f"{PAGE}?{urlencode(following)}" if page.next else "",
        "may_change": request.user.may(Permission.CUSTOMERS),
    }
    return render(request, "desk/customers/organisations.jinja", shown)


@desk(Permission.CUSTOMERS)
def new(request: DeskRequest) -> HttpResponse:
    """The form for a new organisation."""
    return _form(request, None, dict.fromkeys(TYPED, ""))


@desk()
def organisation(request: DeskRequest, organisation_id: int) -> HttpResponse:
    """One organisation: what is known of it, its people, its latest tickets."""
    found = organisations.organisation_by_id(organisation_id)
    chosen, person = Filter(organisation_id=found.pk), request.user
    page = customers.search(organisation_id=found.pk, cursor=request.GET.get("cursor"))
    shown = {
        "nav": navigation(request),
        "notices": notices(request),
        "organisation": found,
        "domains": sorted(each.domain for each in found.domains.all()),
        "facts": facts_of(found.facts),
        "rows": rows(request, list(page.rows)),
        "next": f"{PAGE}/{found.pk}?{urlencode({'cursor': page.next})}" if page.next else "",
        "counts": dealings.counts(person, chosen),
        "ratings": ratings(request, chosen),
        "tickets": dealings.latest(person, chosen, LATEST),
        "all_tickets": Place(view="all", q=write(Part("org", found.name))).full_address(),
        "may_change": person.may(Permission.CUSTOMERS),
    }
    return render(request, "desk/customers/organisation.jinja", shown)


@desk(Permission.CUSTOMERS)
def details(request: DeskRequest, organisation_id: int) -> HttpResponse:
    """GET: the form. POST saves it; what was typed stays when it is refused."""
    found = organisations.organisation_by_id(organisation_id)
    if request.method == "GET":
        typed = {"name": found.name, "notes": found.notes, "facts": facts.written(found.facts)}
        return _form(request, found, typed)
    given = {name: request.POST.get(name, "") for name in ("name", "notes", "facts")}
    try:
        actions.edit(
            found, actor=request.user.actor, name=given["name"], notes=given["notes"],
            facts=facts.read(given["facts"], found.facts),
        )  # fmt: skip
    except Invalid as refusal:
        return _form(request, found, given, refusal)
    return announce(HttpResponse(), view={"address": f"{PAGE}/{found.pk}"})


@desk(Permission.CUSTOMERS)
def domains(request: DeskRequest, organisation_id: int) -> HttpResponse:
    """POST `domain`: its senders belong to the organisation."""
    found = organisations.organisation_by_id(organisation_id)
    said = _("Added. Who writes from there belongs to this organisation, unless they belong to another.")
    domain = request.POST.get("domain", "")
    return done(
        request, f"{PAGE}/{found.pk}", lambda: actions.add_domain(found, domain, actor=request.user.actor), said
    )


@desk(Permission.CUSTOMERS)
def domain_removal(request: DeskRequest, organisation_id: int) -> HttpResponse:
    """POST `domain`: new senders from there do not join any more."""
    found = organisations.organisation_by_id(organisation_id)
    said = _("Removed. Who belongs to the organisation stays in it.")
    domain = request.POST.get("domain", "")
    return done(
        request, f"{PAGE}/{found.pk}", lambda: actions.remove_domain(found, domain, actor=request.user.actor), said
    )


def _add(request: DeskRequest) -> HttpResponse:
    require(request.user.actor, Permission.CUSTOMERS)
    given = {name: request.POST.get(name, "") for name in TYPED}
    try:
        row = actions.create(
            given["name"], actor=request.user.actor, notes=given["notes"], facts=facts.read(given["facts"], {}),
            domains=tuple(given["domains"].replace(",", " ").split())[:50],
        )  # fmt: skip
    except (Invalid, Conflict) as refusal:
        return _form(request, None, given, refusal)
    return announce(HttpResponse(), view={"address": f"{PAGE}/{row.pk}"})


def _form(
    request: DeskRequest, found: Organisation | None, typed: dict[str, str], refusal: Invalid | Conflict | None = None
) -> HttpResponse:
    errors = dict.fromkeys(TYPED, "")
    if refusal is not None:
        name = {"domain": "domains"}.get(str(refusal.details.get("field")), str(refusal.details.get("field")))
        errors[name if name in errors else "name"] = refusal.message
    shown = {"organisation": found, "typed": typed, "errors": errors}
    return render(request, "desk/customers/_organisation.jinja", shown, status=422 if refusal else 200)
