"""Teams and who is in them."""

from dataclasses import dataclass
from typing import Annotated

from django.http import HttpResponse
from django.utils.translation import gettext as _
from pydantic import Field

from headway.foundation.errors import Conflict
from headway.people.actions import teams as actions
from headway.people.models import Team
from headway.people.queries import teams as queries
from headway.people.rules import Permission, Scope
from headway.tickets.actions import handing
from headway.web.api import known
from headway.web.api.answers import Listed, listed, nothing, tagged
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Id, IdOrNone, Input, PathId
from headway.web.api.preconditions import guard_shown
from headway.web.api.routes import Routes

routes = Routes("Teams")

TeamName = Annotated[str, Field(max_length=80)]
Tier = Annotated[int, Field(ge=1, le=9)]


@dataclass(slots=True)
class TeamOut:
    """A group of people that tickets go to. Tier 1 meets the customer first."""

    id: int
    name: str
    tier: int
    archived: bool
    member_ids: list[int]


class TeamIn(Input):
    """A new team."""

    name: TeamName
    tier: Tier = 1


class TeamChanges(Input):
    """New values; what is left out stays."""

    name: TeamName | None = None
    tier: Tier | None = None


class Members(Input):
    """Everybody who is in the team."""

    agent_ids: Annotated[list[Id], Field(max_length=1000)]


class TeamHandover(Input):
    """Who gets the open tickets: a team, or 0 for none."""

    to_id: IdOrNone


@routes.get("/teams", Scope.TICKETS_READ, Permission.READ, Listed[TeamOut])
def list_teams(request: ApiRequest) -> HttpResponse:
    """Today's teams, by tier and name."""
    return listed(request, [_out(row) for row in queries.teams()], None)


@routes.post("/teams", Scope.ADMIN, Permission.TEAMS, TeamOut)
def create_team(request: ApiRequest, body: TeamIn) -> HttpResponse:
    """Form a team."""
    row = actions.create(body.name, body.tier, actor=request.actor)
    return tagged(_out(row), 201, location=f"/teams/{row.pk}")


@routes.get("/teams/{team_id}", Scope.TICKETS_READ, Permission.READ, TeamOut)
def read_team(request: ApiRequest, team_id: PathId) -> HttpResponse:
    """One team, also a dissolved one."""
    return tagged(_out(queries.team_by_id(team_id)))


@routes.patch("/teams/{team_id}", Scope.ADMIN, Permission.TEAMS, TeamOut)
def change_team(request: ApiRequest, team_id: PathId, body: TeamChanges) -> HttpResponse:
    """Rename the team or move it to another tier."""
    row = _held(request, team_id)
    return tagged(_out(actions.edit(row, actor=request.actor, name=body.name, tier=body.tier)))


@routes.put("/teams/{team_id}/members", Scope.ADMIN, Permission.TEAMS, TeamOut)
def set_team_members(request: ApiRequest, team_id: PathId, body: Members) -> HttpResponse:
    """Make exactly these people the team."""
    row = _held(request, team_id)
    return tagged(_out(actions.set_members(row, known.agents(body.agent_ids, "agent_ids"), actor=request.actor)))


@routes.put("/teams/{team_id}/members/{agent_id}", Scope.ADMIN, Permission.TEAMS, TeamOut)
def add_team_member(request: ApiRequest, team_id: PathId, agent_id: PathId) -> HttpResponse:
    """Somebody joins the team."""
    row = _held(request, team_id)
    wanted = {*_members(row), agent_id}
    return tagged(_out(actions.set_members(row, known.agents(sorted(wanted), "agent_id"), actor=request.actor)))


@routes.delete("/teams/{team_id}/members/{agent_id}", Scope.ADMIN, Permission.TEAMS, TeamOut)
def remove_team_member(request: ApiRequest, team_id: PathId, agent_id: PathId) -> HttpResponse:
    """Somebody leaves the team."""
    row = _held(request, team_id)
    if agent_id not in _members(row):
        raise Conflict(_("This person is not in the team."))
    wanted = [pk for pk in _members(row) if pk != agent_id]
    return tagged(_out(actions.set_members(row, known.agents(wanted, "agent_id"), actor=request.actor)))


@routes.delete("/teams/{team_id}", Scope.ADMIN, Permission.TEAMS)
def archive_team(request: ApiRequest, team_id: PathId) -> HttpResponse:
    """Dissolve the team: nothing new goes to it, its past stays."""
    actions.archive(_held(request, team_id), actor=request.actor)
    return nothing()


@routes.post("/teams/{team_id}/restoration", Scope.ADMIN, Permission.TEAMS, TeamOut, status=200)
def restore_team(request: ApiRequest, team_id: PathId) -> HttpResponse:
    """Form a dissolved team again, with the members it had."""
    return tagged(_out(actions.restore(queries.team_by_id(team_id), actor=request.actor)))


@routes.post("/teams/{team_id}/handover", Scope.ADMIN, Permission.TEAMS, None, status=202)
def hand_over_team(request: ApiRequest, team_id: PathId, body: TeamHandover) -> HttpResponse:
    """Give the team's open tickets to another team, or to none, in the background."""
    to = known.team(body.to_id) if body.to_id else None
    handing.hand_on_team(_held(request, team_id), to, actor=request.actor)
    return HttpResponse(status=202)


def _held(request: ApiRequest, team_id: int) -> Team:
    """The team, locked so that two who add a member at once both succeed, and held as If-Match asks."""
    row = queries.team_by_id(team_id)
    Team.objects.select_for_update().get(pk=row.pk)
    guard_shown(request, row, _out)
    return row


def _members(row: Team) -> list[int]:
    return sorted(agent.pk for agent in row.members.all() if agent.archived_at is None)


def _out(row: Team) -> TeamOut:
    return TeamOut(row.pk, row.name, row.tier, row.archived_at is not None, _members(row))
