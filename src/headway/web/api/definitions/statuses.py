"""Names for where a ticket stands."""

from dataclasses import dataclass

from django.http import HttpResponse

from headway.people.rules import Permission, Scope
from headway.tickets.actions import definitions
from headway.tickets.actions import setup as actions
from headway.tickets.models import Status
from headway.tickets.queries import setup as queries
from headway.web.api.answers import Listed, listed, nothing, tagged
from headway.web.api.definitions.kinds import DefinedName, Position
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Category, Input, PathId
from headway.web.api.preconditions import guard_shown
from headway.web.api.routes import Routes

routes = Routes("Definitions")


@dataclass(slots=True)
class StatusOut:
    """A name for where a ticket stands. What it means is its category."""

    id: int
    name: str
    category: str
    position: int
    is_default: bool


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
    row = queries.defined(Status, status_id)
    guard_shown(request, row, _status)
    row = actions.edit_status(
        row, actor=request.actor, name=body.name, position=body.position, is_default=body.is_default
    )
    return tagged(_status(row))


@routes.delete("/statuses/{status_id}", Scope.ADMIN, Permission.SETTINGS)
def archive_status(request: ApiRequest, status_id: PathId) -> HttpResponse:
    """The status is offered no more; tickets that have it keep it."""
    row = queries.defined(Status, status_id)
    guard_shown(request, row, _status)
    actions.archive_status(row, actor=request.actor)
    return nothing()


@routes.post("/statuses/{status_id}/restoration", Scope.ADMIN, Permission.SETTINGS, StatusOut, status=200)
def restore_status(request: ApiRequest, status_id: PathId) -> HttpResponse:
    """The status is offered again."""
    definitions.restore(queries.ever_defined(Status, status_id), actor=request.actor)
    return tagged(_status(queries.defined(Status, status_id)))


def _status(row: Status) -> StatusOut:
    return StatusOut(row.pk, row.name, row.category, row.position, row.is_default)
