"""The team's people: who they are, what they may do and see, and invitations to join."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Schema
from pydantic import Field

from headway.foundation.errors import NotFound
from headway.people.actions import agents as actions
from headway.people.actions import invitations
from headway.people.models import Agent, Invitation
from headway.people.queries import agents as queries
from headway.people.rules import Permission, Scope
from headway.tickets.actions import handing
from headway.web.accounts import rescue
from headway.web.api import known
from headway.web.api.answers import Listed, answer, listed, nothing, tagged
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Id, IdOrNone, Input, PathId
from headway.web.api.preconditions import guard_shown
from headway.web.api.routes import Routes

routes = Routes("People")

RoleName = Literal["administrator", "lead", "agent", "light", "viewer"]


@dataclass(slots=True)
class PersonOut:
    """Somebody of the team. Those who have left keep their name on what they did."""

    id: int
    name: str
    email: str
    role: str
    sees: str
    language: str
    timezone: str
    team_ids: list[int]
    brand_ids: list[int]
    archived_at: datetime | None


@dataclass(slots=True)
class InvitationOut:
    """Somebody was asked to join. The link is in their mail alone."""

    id: int
    email: str
    role: str
    team_ids: list[int]
    created_at: datetime
    expires_at: datetime


class PersonChanges(Input):
    """New values; what is left out stays. Name, language and time zone are also the person's own to change."""

    name: Annotated[str | None, Field(max_length=120)] = None
    language: Annotated[str | None, Field(max_length=10)] = None
    timezone: Annotated[str | None, Field(max_length=60)] = None
    role: RoleName | None = None
    sees: Literal["all", "teams", "brands"] | None = None
    brand_ids: Annotated[list[Id], Field(max_length=100)] = []


class Handover(Input):
    """Who gets the open tickets: a person, or 0 for nobody."""

    to_id: IdOrNone


class InvitationIn(Input):
    """Whom to ask, as what, into which teams."""

    email: Annotated[str, Field(max_length=254)]
    role: RoleName = "agent"
    team_ids: Annotated[list[Id], Field(max_length=100)] = []


class PeopleFilter(Schema):
    """Which people."""

    archived: Annotated[bool, Field(description="Those who have left.")] = False


@routes.get("/people", Scope.TICKETS_READ, Permission.READ, Listed[PersonOut])
def list_people(request: ApiRequest, chosen: Query[PeopleFilter]) -> HttpResponse:
    """The team by name."""
    rows = queries.on_the_team(archived=chosen.archived).prefetch_related("brands")
    return listed(request, [out(row) for row in rows], None)


@routes.get("/people/{person_id}", Scope.TICKETS_READ, Permission.READ, PersonOut)
def read_person(request: ApiRequest, person_id: PathId) -> HttpResponse:
    """One person, also one who has left."""
    return tagged(out(queries.agent_by_id(person_id)))


@routes.patch("/people/{person_id}", Scope.ADMIN, Permission.PEOPLE, PersonOut)
def change_person(request: ApiRequest, person_id: PathId, body: PersonChanges) -> HttpResponse:
    """Change what a person is called, may do or sees; in force at their next request."""
    row = _held(request, person_id)
    row = actions.edit_profile(row, actor=request.actor, name=body.name, language=body.language, timezone=body.timezone)
    if body.role is not None:
        row = actions.set_role(row, body.role, actor=request.actor)
    if body.sees is not None:
        row = actions.set_scope(row, body.sees, known.brands(body.brand_ids), actor=request.actor)
    return tagged(out(queries.agent_by_id(row.pk)))


@routes.put("/people/{person_id}/archival", Scope.ADMIN, Permission.PEOPLE, PersonOut)
def archive_person(request: ApiRequest, person_id: PathId) -> HttpResponse:
    """The person leaves: without access at once. What they did keeps their name."""
    return tagged(out(actions.archive(_held(request, person_id), actor=request.actor)))


@routes.delete("/people/{person_id}/archival", Scope.ADMIN, Permission.PEOPLE, PersonOut)
def restore_person(request: ApiRequest, person_id: PathId) -> HttpResponse:
    """Bring back somebody who had left, in the role they had."""
    return tagged(out(actions.restore(_held(request, person_id), actor=request.actor)))


@routes.post("/people/{person_id}/handover", Scope.ADMIN, Permission.PEOPLE, None, status=202)
def hand_over_person(request: ApiRequest, person_id: PathId, body: Handover) -> HttpResponse:
    """Give the person's open tickets to somebody else, or to nobody, in the background."""
    to = known.agent(body.to_id, "to_id") if body.to_id else None
    handing.hand_on_agent(_held(request, person_id), to, actor=request.actor)
    return HttpResponse(status=202)


@routes.delete("/people/{person_id}/second-factor", Scope.ADMIN, Permission.PEOPLE)
def reset_second_factor(request: ApiRequest, person_id: PathId) -> HttpResponse:
    """Take the second factor away from somebody who has lost it."""
    rescue.remove_second_factor(queries.agent_by_id(person_id), actor=request.actor)
    return nothing()


@routes.get("/invitations", Scope.ADMIN, Permission.PEOPLE, Listed[InvitationOut])
def list_invitations(request: ApiRequest) -> HttpResponse:
    """Invitations that are still open."""
    return listed(request, [_invitation(row) for row in queries.invitations()], None)


@routes.post("/invitations", Scope.ADMIN, Permission.PEOPLE, InvitationOut)
def invite_person(request: ApiRequest, body: InvitationIn) -> HttpResponse:
    """Ask somebody to join; the mail follows by itself."""
    row = invitations.invite(body.email, body.role, known.teams(body.team_ids), actor=request.actor)
    return answer(_invitation(row), 201, location=f"/invitations/{row.pk}")


@routes.delete("/invitations/{invitation_id}", Scope.ADMIN, Permission.PEOPLE)
def revoke_invitation(request: ApiRequest, invitation_id: PathId) -> HttpResponse:
    """Take an invitation back."""
    row = Invitation.objects.filter(pk=invitation_id).first()
    if row is None:
        raise NotFound(_("There is no such invitation."))
    invitations.revoke(row, actor=request.actor)
    return nothing()


def out(row: Agent) -> PersonOut:
    """As the API shows a person."""
    return PersonOut(
        row.pk,
        row.name,
        row.email,
        row.role,
        row.sees,
        row.language,
        row.timezone,
        sorted(team.pk for team in row.teams.all() if team.archived_at is None),
        sorted(brand.pk for brand in row.brands.all()),
        row.archived_at,
    )


def _held(request: ApiRequest, person_id: int) -> Agent:
    row = queries.agent_by_id(person_id)
    guard_shown(request, row, out)
    return row


def _invitation(row: Invitation) -> InvitationOut:
    teams = sorted(team.pk for team in row.teams.all())
    return InvitationOut(row.pk, row.email, row.role, teams, row.created_at, row.expires_at)
