"""The list of customers, and how one is added by hand."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.errors import Conflict, Invalid
from headway.people.actions import customers as actions
from headway.people.models import Customer
from headway.people.permissions import require
from headway.people.queries import customers as queries
from headway.people.rules import Permission
from headway.tickets.queries import dealings
from headway.tickets.queries.dealings import Activity
from headway.web.desk.customers.tabs import tabs
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import notices
from headway.web.desk.responses import announce

PAGE = "/desk/customers"
NO_TICKET = Activity(0, 0, None)


@dataclass(frozen=True, slots=True)
class Row:
    """A customer in the list. `reached_by`: their first address, number or id."""

    id: int
    name: str
    reached_by: str
    more: int
    organisation_id: int | None
    organisation: str
    activity: Activity
    since: datetime


@dataclass(slots=True)
class Draft:
    """A customer being added, as typed, with what is wrong by field. `holder`: who has the address already."""

    name: str = ""
    email: str = ""
    phone: str = ""
    holder: int = 0
    errors: dict[str, str] = field(default_factory=lambda: {"name": "", "email": "", "phone": ""})


@desk()
def customers(request: DeskRequest) -> HttpResponse:
    """GET: customers, the latest known first; `q` finds by name, address, number, id or organisation. POST adds one."""
    if request.method == "POST":
        return _add(request)
    words = request.GET.get("q", "").strip()[:200]
    page = queries.search(words, cursor=request.GET.get("cursor"))
    following = {key: value for key, value in {"q": words, "cursor": page.next}.items() if value}
    shown = {
        "nav": navigation(request),
        "tabs": tabs(request, PAGE),
        "notices": notices(request),
        "rows": rows(request, list(page.rows)),
        "words": words,
        "next": f"{PAGE}?{urlencode(following)}" if page.next else "",
        "may_change": request.user.may(Permission.CUSTOMERS),
    }
    part = request.htmx and request.htmx.target == "customers"
    return render(request, "desk/customers/_rows.jinja" if part else "desk/customers/list.jinja", shown)


@desk(Permission.CUSTOMERS)
def new(request: DeskRequest) -> HttpResponse:
    """The form for a new customer."""
    return render(request, "desk/customers/_new.jinja", {"draft": Draft()})


def rows(request: DeskRequest, found: list[Customer]) -> list[Row]:
    """Customers with what they have with us. One query beside what the customers bring along."""
    active = dealings.activity(request.user, [one.pk for one in found])
    return [_row(one, active.get(one.pk, NO_TICKET)) for one in found]


def _row(customer: Customer, activity: Activity) -> Row:
    known = sorted(customer.identities.all(), key=lambda each: (each.kind, each.pk))
    organisation = customer.organisation
    reached_by = known[0].value if known else ""
    return Row(
        customer.pk, customer.name or reached_by or _("Nobody by name"), reached_by if customer.name else "",
        max(len(known) - 1, 0), organisation.pk if organisation else None, organisation.name if organisation else "",
        activity, customer.created_at,
    )  # fmt: skip


def _add(request: DeskRequest) -> HttpResponse:
    require(request.user.actor, Permission.CUSTOMERS)
    given = request.POST
    draft = Draft(given.get("name", "").strip(), given.get("email", "").strip(), given.get("phone", "").strip())
    known_by = [(kind, value) for kind, value in (("email", draft.email), ("phone", draft.phone)) if value]
    try:
        if not draft.name and not known_by:
            raise Invalid(_("Give a name, an address or a phone number."), field="name")
        row = actions.create(actor=request.user.actor, known_by=known_by, channel="desk", name=draft.name)
    except (Invalid, Conflict) as refusal:
        name = str(refusal.details.get("field", "email"))
        draft.errors[name if name in draft.errors else "email"] = refusal.message
        draft.holder = int(str(refusal.details.get("customer", 0)))
        return render(request, "desk/customers/_new.jinja", {"draft": draft}, status=422)
    return announce(HttpResponse(), view={"address": f"{PAGE}/{row.pk}"})
