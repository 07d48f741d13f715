"""What a workspace defines for its tickets: statuses, types, custom fields; and the tags in use."""

from dataclasses import dataclass
from typing import Annotated, Literal, TypeVar

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Schema
from pydantic import Field as Checked

from headway.foundation.errors import NotFound
from headway.people.rules import Permission, Scope
from headway.tickets.actions import setup as actions
from headway.tickets.models import Field, Status, TicketType
from headway.tickets.queries import setup as queries
from headway.web.api import known
from headway.web.api.answers import Listed, listed, nothing, tagged
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Category, Id, Input, PathId
from headway.web.api.preconditions import guard_shown
from headway.web.api.routes import Routes

routes = Routes("Definitions")

Definition = TypeVar("Definition", Status, TicketType, Field)

DefinedName = Annotated[str, Checked(min_length=1, max_length=60)]
Label = Annotated[str, Checked(min_length=1, max_length=80)]
Position = Annotated[int, Checked(ge=0, le=32_767)]
Options = Annotated[list[Annotated[str, Checked(min_length=1, max_length=120)]], Checked(max_length=500)]
Kind = Literal["text", "number", "check", "date", "choice"]


@dataclass(slots=True)
class StatusOut:
    """A name for where a ticket stands. What it means is its category."""

    id: int
    name: str
    category: str
    position: int
    is_default: bool


@dataclass(slots=True)
class TypeOut:
    """A kind of request, with the fields it asks for."""

    id: int
    name: str
    field_ids: list[int]


@dataclass(slots=True)
class FieldOut:
    """A custom field. Its values stand in a ticket's `fields` under `key`."""

    id: int
    key: str
    label: str
    kind: str
    options: list[str]
    required: bool
    position: int


@dataclass(slots=True)
class TagOut:
    """A word put on tickets."""

    id: int
    name: str


class StatusIn(Input):
    """A new status."""

    name: DefinedName
    category: Category
    position: Position | None = None


class StatusChanges(Input):
    """New values; what is left out stays."""

    name: DefinedName | None = None
    position: Position | None = None
    is_default: bool | None = None


class TypeIn(Input):
    """A new type."""

    name: DefinedName
    field_ids: Annotated[list[Id], Checked(max_length=100)] = []


class TypeChanges(Input):
    """New values; what is left out stays."""

    name: DefinedName | None = None
    field_ids: Annotated[list[Id] | None, Checked(max_length=100)] = None


class FieldIn(Input):
    """A new field. Key and kind are for ever."""

    key: Annotated[str, Checked(pattern=r"^[a-z0-9][a-z0-9_]{0,39}$")]
    label: Label
    kind: Kind
    options: Options = []
    required: bool = False
    position: Position = 0


class FieldChanges(Input):
    """New values; what is left out stays."""

    label: Label | None = None
    options: Options | None = None
    required: bool | None = None
    position: Position | None = None


class TagFilter(Schema):
    """Which tags."""

    start: Annotated[str, Checked(max_length=60, description="How they begin.")] = ""
    limit: Annotated[int, Checked(ge=1, le=100)] = 50


@routes.get("/statuses", Scope.TICKETS_READ, Permission.READ, Listed[StatusOut])
def list_statuses(request: ApiRequest) -> HttpResponse:
    """The statuses on offer, in their order."""
    return listed(request, [_status(row) for row in queries.statuses()], None)


@routes.post("/statuses", Scope.ADMIN, Permission.SETTINGS, StatusOut)
def define_status(request: ApiRequest, body: StatusIn) -> HttpResponse:
    """Add a status."""
    row = actions.define_status(body.name, body.category, actor=request.actor, position=body.position)
    return tagged(_status(row), 201)


@routes.patch("/statuses/{status_id}", Scope.ADMIN, Permission.SETTINGS, StatusOut)
def change_status(request: ApiRequest, status_id: PathId, body: StatusChanges) -> HttpResponse:
    """Rename or move a status, or make it the default of its category."""
    row = _found(Status, status_id)
    guard_shown(request, row, _status)
    row = actions.edit_status(
        row, actor=request.actor, name=body.name, position=body.position, is_default=body.is_default
    )
    return tagged(_status(row))


@routes.delete("/statuses/{status_id}", Scope.ADMIN, Permission.SETTINGS)
def archive_status(request: ApiRequest, status_id: PathId) -> HttpResponse:
    """The status is offered no more; tickets that have it keep it."""
    row = _found(Status, status_id)
    guard_shown(request, row, _status)
    actions.archive_status(row, actor=request.actor)
    return nothing()


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
    row = _found(TicketType, type_id)
    guard_shown(request, row, _type)
    fields = known.fields(body.field_ids) if body.field_ids is not None else None
    return tagged(_type(actions.edit_type(row, actor=request.actor, name=body.name, fields=fields)))


@routes.delete("/types/{type_id}", Scope.ADMIN, Permission.SETTINGS)
def archive_type(request: ApiRequest, type_id: PathId) -> HttpResponse:
    """The type is offered no more; tickets that have it keep it."""
    row = _found(TicketType, type_id)
    guard_shown(request, row, _type)
    actions.archive_type(row, actor=request.actor)
    return nothing()


@routes.get("/fields", Scope.TICKETS_READ, Permission.READ, Listed[FieldOut])
def list_fields(request: ApiRequest) -> HttpResponse:
    """The custom fields on offer, in their order."""
    return listed(request, [_field(row) for row in queries.fields()], None)


@routes.post("/fields", Scope.ADMIN, Permission.SETTINGS, FieldOut)
def define_field(request: ApiRequest, body: FieldIn) -> HttpResponse:
    """Add a custom field."""
    details = actions.FieldDetails(
        label=body.label, options=body.options, required=body.required, position=body.position
    )
    return tagged(_field(actions.define_field(body.key, body.kind, actor=request.actor, **details)), 201)


@routes.patch("/fields/{field_id}", Scope.ADMIN, Permission.SETTINGS, FieldOut)
def change_field(request: ApiRequest, field_id: PathId, body: FieldChanges) -> HttpResponse:
    """Change what a field is called, offers or asks."""
    row = _found(Field, field_id)
    guard_shown(request, row, _field)
    details = actions.FieldDetails()
    if body.label is not None:
        details["label"] = body.label
    if body.options is not None:
        details["options"] = body.options
    if body.required is not None:
        details["required"] = body.required
    if body.position is not None:
        details["position"] = body.position
    return tagged(_field(actions.edit_field(row, actor=request.actor, **details)))


@routes.delete("/fields/{field_id}", Scope.ADMIN, Permission.SETTINGS)
def archive_field(request: ApiRequest, field_id: PathId) -> HttpResponse:
    """The field is asked for no more; values that tickets hold stay."""
    row = _found(Field, field_id)
    guard_shown(request, row, _field)
    actions.archive_field(row, actor=request.actor)
    return nothing()


@routes.get("/tags", Scope.TICKETS_READ, Permission.READ, Listed[TagOut])
def list_tags(request: ApiRequest, chosen: Query[TagFilter]) -> HttpResponse:
    """Tags by name."""
    rows = queries.tags(chosen.start, chosen.limit)
    return listed(request, [TagOut(row.pk, row.name) for row in rows], None)


def _found(model: type[Definition], row_id: int) -> Definition:
    row = model.objects.filter(pk=row_id, archived_at__isnull=True).first()
    if row is None:
        raise NotFound(_("This does not exist, or is not used any more."))
    return row


def _status(row: Status) -> StatusOut:
    return StatusOut(row.pk, row.name, row.category, row.position, row.is_default)


def _type(row: TicketType) -> TypeOut:
    return TypeOut(row.pk, row.name, sorted(field.pk for field in row.fields.all() if field.archived_at is None))


def _field(row: Field) -> FieldOut:
    return FieldOut(row.pk, row.key, row.label, row.kind, list(row.options), row.required, row.position)
