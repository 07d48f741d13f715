"""What the command palette finds on the server: tickets, customers, organisations. The rest is on the page."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.people.queries import customers, organisations
from headway.tickets.queries import search, visible_to
from headway.tickets.queries.listing import ListRow, rows_of
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.place import Place
from headway.web.desk.words import number as number_of

MOST = 5


@dataclass(frozen=True, slots=True)
class Option:
    """Somewhere to go: its address, a glyph, words, and what stands quietly beside them."""

    href: str
    icon: str
    words: str
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Options of one kind."""

    words: str
    options: list[Option]


@desk()
def palette(request: DeskRequest) -> HttpResponse:
    """GET `q`: what the words may mean, as options. Nothing for fewer than two letters, unless it is a number."""
    words = request.GET.get("q", "").strip()[:200]
    groups = [
        Group(_("Tickets"), _tickets(request, words)),
        Group(_("Customers"), _customers(words)),
        Group(_("Organisations"), _organisations(words)),
    ]
    if words:
        everywhere = Option(Place(view="all", q=words).full_address(), "search", _("Search for “%s”") % words)
        groups.append(Group(_("Search"), [everywhere]))
    return render(request, "desk/_palette.jinja", {"groups": [group for group in groups if group.options]})


def _tickets(request: DeskRequest, words: str) -> list[Option]:
    number = number_of(words)
    rows: list[ListRow] = rows_of(visible_to(request.user).filter(pk=number)) if number else []
    if len(words) >= 2:
        known = {row.id for row in rows}
        rows += [row for row in search(request.user, words, typing=True, limit=MOST).rows if row.id not in known]
    return [
        Option(
            f"/desk/tickets/{row.id}", row.category, row.subject or _("No subject"), f"#{row.id} · {row.customer or ''}"
        )
        for row in rows
    ]


def _customers(words: str) -> list[Option]:
    """Each leads to their screen."""
    if len(words) < 2 or ":" in words:
        return []
    found = []
    for customer in customers.search(words, limit=MOST).rows:
        address = next((each.value for each in customer.identities.all() if each.kind == "email"), "")
        aside = " · ".join(filter(None, (address, customer.organisation.name if customer.organisation else "")))
        found.append(Option(f"/desk/customers/{customer.pk}", "person", customer.name or address, aside))
    return found


def _organisations(words: str) -> list[Option]:
    if len(words) < 2 or ":" in words:
        return []
    return [Option(f"/desk/organisations/{pk}", "building", name) for pk, name in organisations.named(words, MOST)]
