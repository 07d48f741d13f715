"""Saved views of the ticket list."""

from dataclasses import dataclass
from typing import Annotated, Literal

from django.http import HttpResponse
from pydantic import Field

from headway.people.rules import Permission, Scope
from headway.tickets.actions import views as actions
from headway.tickets.actions.views import Filters
from headway.tickets.models import SavedView
from headway.tickets.queries import tally
from headway.tickets.queries.typed import Known
from headway.tickets.queries.views import may_edit, saved_by_id, saved_views, shown
from headway.web.api import known
from headway.web.api.answers import Listed, answer, listed, nothing
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Id, Input, PathId
from headway.web.api.routes import Routes

routes = Routes("Views")

Audience = Annotated[Literal["own", "team", "all"], Field(description="Only you, a team, or everybody.")]
Order = Annotated[
    Literal["active", "waiting", "created", "priority"],
    Field(description="Latest activity, longest waiting, newest, or most urgent first."),
]
Base = Annotated[
    str,
    Field(
        max_length=40,
        description="The list it narrows: mine, unassigned, open, waiting, snoozed, solved, all, spam or team-<id>.",
    ),
]
Narrowing = Annotated[
    dict[str, str],
    Field(description="Filters by name (status, team, assignee, priority, tag, channel, brand) with ids or `none`."),
]
Typed = Annotated[str, Field(max_length=500, description="Typed filters, as in `q` of the ticket list; no words.")]


@dataclass(slots=True)
class ViewOut:
    """A saved view, with how many tickets are in it (counted up to 1,001)."""

    id: int
    name: str
    audience: str
    team_id: int | None
    author_id: int
    base: str
    narrowing: dict[str, str]
    q: str
    order: str
    position: int
    may_edit: bool
    count: int


class ViewIn(Input):
    """A new view."""

    name: Annotated[str, Field(max_length=80)]
    audience: Audience = "own"
    team_id: Id | None = None
    base: Base = "all"
    narrowing: Narrowing = {}
    q: Typed = ""
    order: Order = "active"


class ViewChanges(Input):
    """New values; what is left out stays."""

    name: Annotated[str, Field(max_length=80)] | None = None
    audience: Audience | None = None
    team_id: Id | None = None
    base: Base | None = None
    narrowing: Narrowing | None = None
    q: Typed | None = None
    order: Order | None = None


class Step(Input):
    """Where a view goes among those of its audience."""

    step: Annotated[int, Field(ge=-100, le=100, description="So many places down; up when negative.")]


@routes.get("/views", Scope.TICKETS_READ, Permission.READ, Listed[ViewOut])
def list_views(request: ApiRequest) -> HttpResponse:
    """The views you see, each audience in its order, with their counts."""
    return listed(request, _out(request, saved_views(request.agent)), None)


@routes.post("/views", Scope.TICKETS_WRITE, Permission.READ, ViewOut)
def save_view(request: ApiRequest, body: ViewIn) -> HttpResponse:
    """Save a view."""
    row = actions.save(
        body.name,
        Filters(base=body.base, narrowing=body.narrowing, q=body.q, order=body.order),
        audience=body.audience,
        team=known.team(body.team_id) if body.team_id else None,
        agent=request.agent,
        actor=request.actor,
    )
    return answer(_out(request, [row])[0], 201, location=f"/views/{row.pk}")


@routes.get("/views/{view_id}", Scope.TICKETS_READ, Permission.READ, ViewOut)
def read_view(request: ApiRequest, view_id: PathId) -> HttpResponse:
    """One view."""
    return answer(_out(request, [saved_by_id(request.agent, view_id)])[0])


@routes.patch("/views/{view_id}", Scope.TICKETS_WRITE, Permission.READ, ViewOut)
def change_view(request: ApiRequest, view_id: PathId, body: ViewChanges) -> HttpResponse:
    """Rename a view, give it to another audience, or change what it shows."""
    row = saved_by_id(request.agent, view_id)
    filters = Filters(
        base=row.base if body.base is None else body.base,
        narrowing=row.narrowing if body.narrowing is None else body.narrowing,
        q=row.q if body.q is None else body.q,
        order=row.order if body.order is None else body.order,
    )
    audience = body.audience or (row.audience if body.team_id else None)
    row = actions.edit(
        row,
        agent=request.agent,
        actor=request.actor,
        name=body.name,
        filters=filters,
        audience=audience,
        team=known.team(body.team_id) if body.team_id else row.team,
    )
    return answer(_out(request, [row])[0])


@routes.post("/views/{view_id}/position", Scope.TICKETS_WRITE, Permission.READ, ViewOut, status=200)
def move_view(request: ApiRequest, view_id: PathId, body: Step) -> HttpResponse:
    """Move a view among those of its audience."""
    row = actions.move(saved_by_id(request.agent, view_id), body.step, agent=request.agent, actor=request.actor)
    return answer(_out(request, [row])[0])


@routes.delete("/views/{view_id}", Scope.TICKETS_WRITE, Permission.READ)
def remove_view(request: ApiRequest, view_id: PathId) -> HttpResponse:
    """Remove a view. It can be restored."""
    actions.remove(saved_by_id(request.agent, view_id), agent=request.agent, actor=request.actor)
    return nothing()


@routes.post("/views/{view_id}/restoration", Scope.TICKETS_WRITE, Permission.READ, ViewOut, status=200)
def restore_view(request: ApiRequest, view_id: PathId) -> HttpResponse:
    """Bring a removed view back to its place."""
    row = saved_by_id(request.agent, view_id, removed=True)
    return answer(_out(request, [actions.restore(row, agent=request.agent, actor=request.actor)])[0])


def _out(request: ApiRequest, rows: list[SavedView]) -> list[ViewOut]:
    names = Known()
    filters = {str(row.pk): shown("", request.agent, saved=row, known=names).filter for row in rows}
    counts = tally(request.agent, filters)
    return [
        ViewOut(
            row.pk,
            row.name,
            row.audience,
            row.team_id,
            row.author_id,
            row.base,
            row.narrowing,
            row.q,
            row.order,
            row.position,
            may_edit(request.agent, row),
            counts[str(row.pk)],
        )
        for row in rows
    ]
