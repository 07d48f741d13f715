"""Macros: prepared answers and steps."""

from dataclasses import dataclass
from typing import Annotated

from django.http import HttpResponse
from django.utils.translation import gettext as _
from pydantic import Field

from headway.foundation.errors import Invalid
from headway.people.queries import teams
from headway.people.rules import Permission, Scope
from headway.tickets import actions
from headway.tickets.actions import Recipe
from headway.tickets.models import Macro
from headway.tickets.queries import macros as queries
from headway.tickets.queries import ticket_for
from headway.tickets.rules.checklist import LENGTH
from headway.tickets.rules.macros import Changes, Conditions, unfilled
from headway.web.api.answers import Listed, answer, listed, nothing, tagged
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Id, IdOrNone, Input, PathId, Priority
from headway.web.api.preconditions import guard, guard_shown
from headway.web.api.routes import Routes

routes = Routes("Macros")

Words = Annotated[str, Field(max_length=20_000)]
Some = Annotated[list[Id], Field(max_length=100)]


class ConditionsIn(Input):
    """On which tickets it is offered; an empty list asks for nothing."""

    channels: Annotated[list[Annotated[str, Field(max_length=20)]], Field(max_length=20)] = []
    languages: Annotated[list[Annotated[str, Field(max_length=10)]], Field(max_length=50)] = []
    status_ids: Some = []
    team_ids: Some = []


class ChangesIn(Input):
    """What it changes on a ticket; what is left out stays. `assignee_id` 0 is who uses it."""

    status_id: Id | None = None
    priority: Priority | None = None
    tags: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=20)] = []
    team_id: Id | None = None
    assignee_id: IdOrNone | None = None
    checklist: Annotated[list[Annotated[str, Field(min_length=1, max_length=LENGTH)]], Field(max_length=20)] = []


class MacroIn(Input):
    """A macro whole. Your own unless `shared`; a shared one is the team's, or without `team_id` everybody's."""

    name: Annotated[str, Field(max_length=80)]
    shortcut: Annotated[str, Field(max_length=30)] = ""
    text: Words = ""
    note: Words = ""
    shared: bool = False
    team_id: Id | None = None
    conditions: ConditionsIn = ConditionsIn()
    changes: ChangesIn = ChangesIn()


@dataclass(slots=True)
class MacroOut:
    """A macro. `owner_id` is whose own it is; without it and without `team_id` it is everybody's."""

    id: int
    name: str
    shortcut: str
    text: str
    note: str
    owner_id: int | None
    team_id: int | None
    conditions: Conditions
    changes: Changes


@dataclass(slots=True)
class UsedOut:
    """The macro's words on this ticket, which were not sent, and the gaps that are still in them."""

    ticket_id: int
    text: str
    gaps: list[str]


@routes.get("/macros", Scope.TICKETS_READ, Permission.NOTE, Listed[MacroOut])
def list_macros(request: ApiRequest) -> HttpResponse:
    """The macros you may use, by name."""
    return listed(request, [_out(row) for row in queries.macros(request.agent)], None)


@routes.post("/macros", Scope.TICKETS_WRITE, Permission.NOTE, MacroOut)
def create_macro(request: ApiRequest, body: MacroIn) -> HttpResponse:
    """Write a macro."""
    row = actions.save_macro(recipe=_recipe(body), actor=request.actor)
    return tagged(_out(row), 201, location=f"/macros/{row.pk}")


@routes.get("/macros/{macro_id}", Scope.TICKETS_READ, Permission.NOTE, MacroOut)
def read_macro(request: ApiRequest, macro_id: PathId) -> HttpResponse:
    """One macro."""
    return tagged(_out(queries.macro_for(request.agent, macro_id)))


@routes.put("/macros/{macro_id}", Scope.TICKETS_WRITE, Permission.NOTE, MacroOut)
def replace_macro(request: ApiRequest, macro_id: PathId, body: MacroIn) -> HttpResponse:
    """Write a macro anew: what is left out is emptied."""
    row = queries.macro_for(request.agent, macro_id)
    guard_shown(request, row, _out)
    return tagged(_out(actions.save_macro(row, recipe=_recipe(body), actor=request.actor)))


@routes.delete("/macros/{macro_id}", Scope.TICKETS_WRITE, Permission.NOTE)
def archive_macro(request: ApiRequest, macro_id: PathId) -> HttpResponse:
    """Offer a macro no more."""
    actions.archive_macro(queries.macro_for(request.agent, macro_id), actor=request.actor)
    return nothing()


@routes.post("/tickets/{ticket_id}/macros/{macro_id}", Scope.TICKETS_WRITE, Permission.NOTE, UsedOut, status=200)
def use_macro(request: ApiRequest, ticket_id: PathId, macro_id: PathId) -> HttpResponse:
    """Do to a ticket what a macro says, all or nothing. Its words come back; send them as a reply."""
    ticket = ticket_for(request.agent, ticket_id)
    macro = queries.macro_for(request.agent, macro_id)
    guard(request, ticket)
    words = actions.use_macro(ticket, macro, user=request.agent, actor=request.actor)
    return answer(UsedOut(ticket.pk, words.text, unfilled(words.text)))


def _out(row: Macro) -> MacroOut:
    return MacroOut(
        row.pk, row.name, row.shortcut, row.text, row.note, row.owner_id, row.team_id,
        queries.conditions_of(row), queries.changes_of(row),
    )  # fmt: skip


def _recipe(body: MacroIn) -> Recipe:
    if body.team_id is not None and not body.shared:
        raise Invalid(_("A macro of a team is shared."), field="shared")
    on, to = body.conditions, body.changes
    return Recipe(
        name=body.name,
        shortcut=body.shortcut,
        text=body.text,
        note=body.note,
        personal=not body.shared,
        team=teams.team_by_id(body.team_id) if body.team_id else None,
        conditions=Conditions(
            channels=tuple(on.channels),
            languages=tuple(on.languages),
            statuses=tuple(on.status_ids),
            teams=tuple(on.team_ids),
        ),
        changes=Changes(
            status=to.status_id,
            priority=to.priority,
            tags=tuple(to.tags),
            team=to.team_id,
            assignee=to.assignee_id,
            checklist=tuple(to.checklist),
        ),
    )
