"""Kinds of requests, with the fields they ask for."""

from dataclasses import dataclass
from typing import Annotated

from django.http import HttpResponse
from pydantic import Field as Checked

from headway.people.rules import Permission, Scope
from headway.tickets.actions import definitions
from headway.tickets.actions import setup as actions
from headway.tickets.models import TicketType
from headway.tickets.queries import setup as queries
from headway.web.api import known
from headway.web.api.answers import Listed, listed, nothing, tagged
from headway.web.api.definitions.kinds import DefinedName
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Id, Input, PathId
from headway.web.api.preconditions import guard_shown
from headway.web.api.routes import Routes

routes = Routes("Definitions")


@dataclass(slots=True)
class TypeOut:
    """A kind of request, with the fields it asks for."""

    id: int
    name: str
    field_ids: list[int]


class TypeIn(Input):
    """A new type."""

    name: DefinedName
    field_ids: Annotated[list[Id], Checked(max_length=100)] = []


class TypeChanges(Input):
    """New values; what is left out stays."""

    name: DefinedName | None = None
    field_ids: Annotated[list[Id] | None, Checked(max_length=100)] = None


@routes.get("/types", Scope.TICKETS_READ, Permission.READ, Listed[TypeOut])
def list_types(request: ApiRequest) -> HttpResponse:
    """The ticket types on offer, by name."""
    return listed(request, [_type(row) for row in queries.types().prefetch_related("fields")], None)


@routes.post("/types", Scope.ADMIN, Permission.SETTINGS, TypeOut)
def define_type(request: ApiRequest, body: TypeIn) -> HttpResponse:
    """Add a ticket type."""
    row = actions.define_type(body.name, known.fields(body.field_ids), actor=request.actor)
    return tagged(_type(row), 201)


@routes.patch("/types/{type_id}", Scope.ADMIN, Permission.SETTINGS, TypeOut)
def change_type(request: ApiRequest, type_id: PathId, body: TypeChanges) -> HttpResponse:
    """Rename a type or say which fields it asks for."""
    row = queries.defined(TicketType, type_id)
    guard_shown(request, row, _type)
    fields = known.fields(body.field_ids) if body.field_ids is not None else None
    return tagged(_type(actions.edit_type(row, actor=request.actor, name=body.name, fields=fields)))


@routes.delete("/types/{type_id}", Scope.ADMIN, Permission.SETTINGS)
def archive_type(request: ApiRequest, type_id: PathId) -> HttpResponse:
    """The type is offered no more; tickets that have it keep it."""
    row = queries.defined(TicketType, type_id)
    guard_shown(request, row, _type)
    actions.archive_type(row, actor=request.actor)
    return nothing()


@routes.post("/types/{type_id}/restoration", Scope.ADMIN, Permission.SETTINGS, TypeOut, status=200)
def restore_type(request: ApiRequest, type_id: PathId) -> HttpResponse:
    """The type is offered again."""
    definitions.restore(queries.ever_defined(TicketType, type_id), actor=request.actor)
    return tagged(_type(queries.defined(TicketType, type_id)))


def _type(row: TicketType) -> TypeOut:
    return TypeOut(row.pk, row.name, sorted(field.pk for field in row.fields.all() if field.archived_at is None))
