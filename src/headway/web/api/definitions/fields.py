"""Custom fields."""

from dataclasses import dataclass
from typing import Annotated, Literal

from django.http import HttpResponse
from pydantic import Field as Checked

from headway.people.rules import Permission, Scope
from headway.tickets.actions import definitions
from headway.tickets.actions import setup as actions
from headway.tickets.models import Field
from headway.tickets.queries import setup as queries
from headway.web.api.answers import Listed, listed, nothing, tagged
from headway.web.api.definitions.kinds import Position
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Input, PathId
from headway.web.api.preconditions import guard_shown
from headway.web.api.routes import Routes

routes = Routes("Definitions")

Label = Annotated[str, Checked(min_length=1, max_length=80)]
Options = Annotated[list[Annotated[str, Checked(min_length=1, max_length=120)]], Checked(max_length=500)]
Kind = Literal["text", "number", "check", "date", "choice"]


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
    row = queries.defined(Field, field_id)
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
    row = queries.defined(Field, field_id)
    guard_shown(request, row, _field)
    actions.archive_field(row, actor=request.actor)
    return nothing()


@routes.post("/fields/{field_id}/restoration", Scope.ADMIN, Permission.SETTINGS, FieldOut, status=200)
def restore_field(request: ApiRequest, field_id: PathId) -> HttpResponse:
    """The field is asked for again."""
    definitions.restore(queries.ever_defined(Field, field_id), actor=request.actor)
    return tagged(_field(queries.defined(Field, field_id)))


def _field(row: Field) -> FieldOut:
    return FieldOut(row.pk, row.key, row.label, row.kind, list(row.options), row.required, row.position)
