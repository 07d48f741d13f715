"""Organisations and the domains they are known by."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Path, Query
from pydantic import Field

from headway.foundation import pages
from headway.people.actions import organisations as actions
from headway.people.models import Organisation
from headway.people.queries import organisations as queries
from headway.people.rules import Permission, Scope
from headway.tickets.queries import Filter
from headway.web.api.answers import Listed, answer, listed, nothing, tagged
from headway.web.api.dealings import FiguresOut, figures
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Input, Name, Paging, PathId
from headway.web.api.preconditions import guard_shown
from headway.web.api.routes import Routes

routes = Routes("Organisations")

Domain = Annotated[str, Field(min_length=1, max_length=253)]
Notes = Annotated[str, Field(max_length=20_000)]


@dataclass(slots=True)
class OrganisationOut:
    """A company or group that customers belong to."""

    id: int
    name: str
    notes: str
    facts: dict[str, Any]
    created_at: datetime
    domains: list[str]


class OrganisationIn(Input):
    """A new organisation. Customers of its domains who belong to nobody join it."""

    name: Name
    notes: Notes = ""
    facts: dict[str, Any] = {}
    domains: Annotated[list[Domain], Field(max_length=50)] = []


class OrganisationChanges(Input):
    """New values; what is left out stays."""

    name: Name | None = None
    notes: Notes | None = None
    facts: dict[str, Any] | None = None


class DomainIn(Input):
    """A domain whose senders belong to the organisation."""

    domain: Domain


class OrganisationFilter(Paging):
    """Which organisations."""

    q: Annotated[str | None, Field(max_length=200, description="Part of a name or domain.")] = None


@routes.get("/organisations", Scope.CUSTOMERS_READ, Permission.READ, Listed[OrganisationOut])
def list_organisations(request: ApiRequest, chosen: Query[OrganisationFilter]) -> HttpResponse:
    """Organisations in the order they became known."""
    found = queries.organisations(chosen.q or "").order_by("pk")
    if chosen.cursor:
        (last,) = pages.decode(chosen.cursor, (int,))
        found = found.filter(pk__gt=last)
    rows = [_out(row) for row in found[: chosen.limit + 1]]
    more = len(rows) > chosen.limit
    rows = rows[: chosen.limit]
    return listed(request, rows, pages.encode(rows[-1].id) if more else None)


@routes.post("/organisations", Scope.CUSTOMERS_WRITE, Permission.CUSTOMERS, OrganisationOut)
def create_organisation(request: ApiRequest, body: OrganisationIn) -> HttpResponse:
    """A new organisation."""
    row = actions.create(
        body.name, actor=request.actor, notes=body.notes, facts=body.facts, domains=tuple(body.domains)
    )
    return tagged(_out(row), 201, location=f"/organisations/{row.pk}")


@routes.get("/organisations/{organisation_id}", Scope.CUSTOMERS_READ, Permission.READ, OrganisationOut)
def read_organisation(request: ApiRequest, organisation_id: PathId) -> HttpResponse:
    """One organisation."""
    return tagged(_out(queries.organisation_by_id(organisation_id)))


@routes.get("/organisations/{organisation_id}/figures", Scope.TICKETS_READ, Permission.READ, FiguresOut)
def read_organisation_figures(request: ApiRequest, organisation_id: PathId) -> HttpResponse:
    """How many tickets the organisation has, and how they were rated."""
    return answer(figures(request, Filter(organisation_id=queries.organisation_by_id(organisation_id).pk)))


@routes.patch("/organisations/{organisation_id}", Scope.CUSTOMERS_WRITE, Permission.CUSTOMERS, OrganisationOut)
def change_organisation(request: ApiRequest, organisation_id: PathId, body: OrganisationChanges) -> HttpResponse:
    """Change name, notes or facts; what is left out stays."""
    row = _held(request, organisation_id)
    details = actions.Details()
    if body.name is not None:
        details["name"] = body.name
    if body.notes is not None:
        details["notes"] = body.notes
    if body.facts is not None:
        details["facts"] = body.facts
    return tagged(_out(actions.edit(row, actor=request.actor, **details)))


@routes.post("/organisations/{organisation_id}/domains", Scope.CUSTOMERS_WRITE, Permission.CUSTOMERS, OrganisationOut)
def add_domain(request: ApiRequest, organisation_id: PathId, body: DomainIn) -> HttpResponse:
    """Senders of the domain belong to the organisation from now on."""
    row = _held(request, organisation_id)
    return tagged(_out(actions.add_domain(row, body.domain, actor=request.actor)), 201)


@routes.delete("/organisations/{organisation_id}/domains/{domain}", Scope.CUSTOMERS_WRITE, Permission.CUSTOMERS)
def remove_domain(request: ApiRequest, organisation_id: PathId, domain: Path[Domain]) -> HttpResponse:
    """New senders of the domain do not join any more."""
    actions.remove_domain(_held(request, organisation_id), domain, actor=request.actor)
    return nothing()


def _held(request: ApiRequest, organisation_id: int) -> Organisation:
    """The organisation, held as If-Match asks."""
    row = queries.organisation_by_id(organisation_id)
    guard_shown(request, row, _out)
    return row


def _out(row: Organisation) -> OrganisationOut:
    domains = sorted(entry.domain for entry in row.domains.all())
    return OrganisationOut(row.pk, row.name, row.notes, row.facts, row.created_at, domains)
