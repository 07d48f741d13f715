"""Customers and how they are recognised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from headway.foundation.errors import NotFound
from headway.foundation.pages import Page
from headway.people.actions import customers as actions
from headway.people.actions import identities, merging
from headway.people.models import Customer, Identity
from headway.people.queries import customers as queries
from headway.people.rules import Permission, Scope
from headway.web.api import known
from headway.web.api.answers import Listed, answer, nothing, paged
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Id, IdOrNone, Input, Name, Paging, PathId
from headway.web.api.preconditions import expected, guard_customer
from headway.web.api.routes import Routes

routes = Routes("Customers")

IdentityKind = Literal["email", "phone", "external"]


@dataclass(slots=True)
class IdentityOut:
    """One way of recognising or reaching a customer, in comparable form."""

    id: int
    kind: str
    value: str
    verified_at: datetime | None
    trouble: str


@dataclass(slots=True)
class CustomerOut:
    """A person who writes to us."""

    id: int
    name: str
    organisation_id: int | None
    organisation: str | None
    language: str
    timezone: str
    facts: dict[str, Any]
    created_at: datetime
    version: int
    identities: list[IdentityOut]


class IdentityIn(Input):
    """An address, a phone number with its country, or `system:id`."""

    kind: IdentityKind
    value: Annotated[str, Field(max_length=320)]


class CustomerIn(Input):
    """A new customer. Without `organisation_id` the domain of the first address decides; 0: none."""

    name: Name = ""
    organisation_id: IdOrNone | None = None
    language: Annotated[str, Field(max_length=10)] = ""
    timezone: Annotated[str, Field(max_length=60)] = ""
    facts: dict[str, Any] = {}
    identities: Annotated[list[IdentityIn], Field(max_length=20)] = []


class CustomerChanges(Input):
    """New values; what is left out stays. `organisation_id` 0: none."""

    name: Name | None = None
    organisation_id: IdOrNone | None = None
    language: Annotated[str | None, Field(max_length=10)] = None
    timezone: Annotated[str | None, Field(max_length=60)] = None
    facts: dict[str, Any] | None = None


class CustomerMerger(Input):
    """In whom the customer lives on."""

    into_id: Id


class CustomerFilter(Paging):
    """Which customers."""

    q: Annotated[str | None, Field(max_length=200, description="Words in a name, address, number or id.")] = None
    organisation_id: Id | None = None
    identity: Annotated[str | None, Field(max_length=340, description="Exactly this: `email:dana@example.com`.")] = None


@routes.get("/customers", Scope.CUSTOMERS_READ, Permission.READ, Listed[CustomerOut])
def list_customers(request: ApiRequest, chosen: Query[CustomerFilter]) -> HttpResponse:
    """Customers, the latest known first."""
    if chosen.identity:
        kind, _colon, value = chosen.identity.partition(":")
        found = queries.known_by(kind, value)
        rows: Sequence[Customer] = [queries.customer_by_id(found.pk)] if found else []
        return paged(request, Page([out(row) for row in rows], None))
    page = queries.search(
        chosen.q or "", organisation_id=chosen.organisation_id, cursor=chosen.cursor, limit=chosen.limit
    )
    return paged(request, Page([out(row) for row in page.rows], page.next))


@routes.post("/customers", Scope.CUSTOMERS_WRITE, Permission.CUSTOMERS, CustomerOut)
def create_customer(request: ApiRequest, body: CustomerIn) -> HttpResponse:
    """A new customer. Refused when another has one of the identities."""
    details = actions.Details(name=body.name, language=body.language, timezone=body.timezone, facts=body.facts)
    if body.organisation_id is not None:
        details["organisation"] = known.organisation(body.organisation_id) if body.organisation_id else None
    by = [(entry.kind, entry.value) for entry in body.identities]
    row = actions.create(actor=request.actor, known_by=by, channel="api", **details)
    return _shown(row.pk, 201)


@routes.get("/customers/{customer_id}", Scope.CUSTOMERS_READ, Permission.READ, CustomerOut)
def read_customer(request: ApiRequest, customer_id: PathId) -> HttpResponse:
    """One customer. A merged one leads to the record that lasts."""
    return _shown(customer_id)


@routes.patch("/customers/{customer_id}", Scope.CUSTOMERS_WRITE, Permission.CUSTOMERS, CustomerOut)
def change_customer(request: ApiRequest, customer_id: PathId, body: CustomerChanges) -> HttpResponse:
    """Change details; what is left out stays."""
    row = queries.customer_exactly(customer_id)
    details = actions.Details()
    if body.name is not None:
        details["name"] = body.name
    if body.language is not None:
        details["language"] = body.language
    if body.timezone is not None:
        details["timezone"] = body.timezone
    if body.facts is not None:
        details["facts"] = body.facts
    if body.organisation_id is not None:
        details["organisation"] = known.organisation(body.organisation_id) if body.organisation_id else None
    actions.edit(row, actor=request.actor, expected=expected(request), **details)
    return _shown(row.pk)


@routes.post("/customers/{customer_id}/identities", Scope.CUSTOMERS_WRITE, Permission.CUSTOMERS, IdentityOut)
def add_identity(request: ApiRequest, customer_id: PathId, body: IdentityIn) -> HttpResponse:
    """One more way of recognising the customer. Refused when another customer has it."""
    row = queries.customer_exactly(customer_id)
    guard_customer(request, row)
    return answer(_identity(identities.add(row, body.kind, body.value, actor=request.actor)), 201)


@routes.delete("/customers/{customer_id}/identities/{identity_id}", Scope.CUSTOMERS_WRITE, Permission.CUSTOMERS)
def remove_identity(request: ApiRequest, customer_id: PathId, identity_id: PathId) -> HttpResponse:
    """The customer is not recognised by this any more."""
    row = queries.customer_exactly(customer_id)
    guard_customer(request, row)
    identities.remove(_identity_of(row, identity_id), actor=request.actor)
    return nothing()


@routes.put(
    "/customers/{customer_id}/identities/{identity_id}/verification",
    Scope.CUSTOMERS_WRITE,
    Permission.CUSTOMERS,
    IdentityOut,
)
def verify_identity(request: ApiRequest, customer_id: PathId, identity_id: PathId) -> HttpResponse:
    """It was shown to be the customer's own."""
    row = queries.customer_exactly(customer_id)
    guard_customer(request, row)
    return answer(_identity(identities.verify(_identity_of(row, identity_id), actor=request.actor)))


@routes.put("/customers/{customer_id}/merger", Scope.CUSTOMERS_WRITE, Permission.CUSTOMERS, CustomerOut)
def merge_customer(request: ApiRequest, customer_id: PathId, body: CustomerMerger) -> HttpResponse:
    """Two records of one person become one; answers with the one that lasts."""
    row = queries.customer_exactly(customer_id)
    guard_customer(request, row)
    survivor = merging.merge(row, known.customer(body.into_id, "into_id"), actor=request.actor)
    return _shown(survivor.pk)


@routes.delete("/customers/{customer_id}/merger", Scope.CUSTOMERS_WRITE, Permission.CUSTOMERS, CustomerOut)
def part_customer(request: ApiRequest, customer_id: PathId) -> HttpResponse:
    """Take a merge back."""
    row = queries.customer_exactly(customer_id)
    guard_customer(request, row)
    return _shown(merging.part(row, actor=request.actor).pk)


def out(row: Customer) -> CustomerOut:
    """As the API shows a customer whose organisation and identities are loaded."""
    return CustomerOut(
        row.pk,
        row.name,
        row.organisation_id,
        row.organisation.name if row.organisation else None,
        row.language,
        row.timezone,
        row.facts,
        row.created_at,
        row.version,
        [_identity(entry) for entry in sorted(row.identities.all(), key=lambda entry: entry.pk)],
    )


def _identity(row: Identity) -> IdentityOut:
    return IdentityOut(row.pk, row.kind, row.value, row.verified_at, row.trouble)


def _identity_of(customer: Customer, identity_id: int) -> Identity:
    found = customer.identities.filter(pk=identity_id).first()
    if found is None:
        raise NotFound(_("The customer has no such identity."))
    return found


def _shown(customer_id: int, status: int = 200) -> HttpResponse:
    row = queries.customer_by_id(customer_id)
    location = f"/customers/{row.pk}" if status == 201 else None
    return answer(out(row), status, version=row.version, location=location)
