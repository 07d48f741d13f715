"""The team: people and invitations, and what becomes of the tickets of those who leave."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.people.actions import agents as agent_actions
from headway.people.actions import invitations as invitation_actions
from headway.people.actions import teams as team_actions
from headway.people.models import Agent, Team
from headway.people.queries import agents, brands, names, teams
from headway.people.rules import Permission
from headway.tickets.actions import handing
from headway.tickets.queries import usage
from headway.web.accounts import rescue
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices
from headway.web.desk.settings.archiving import MOST_COUNTED

PAGE = "/desk/people"


@desk()
def people(request: DeskRequest) -> HttpResponse:
    """Everybody who works here, with their teams; for administrators, who was invited and who has left."""
    may_invite = request.user.may(Permission.PEOPLE)
    rows = [
        {"id": one.pk, "name": one.name, "email": one.email, "role": one.get_role_display(),
         "sees": one.get_sees_display(), "teams": [team.name for team in one.teams.all()], "is_sample": one.is_sample}
        for one in agents.on_the_team()
    ]  # fmt: skip
    invited = [
        {"id": one.pk, "email": one.email, "role": one.get_role_display(), "expires_at": one.expires_at}
        for one in (agents.invitations() if may_invite else ())
    ]
    left = [{"id": one.pk, "name": one.name} for one in (agents.on_the_team(archived=True) if may_invite else ())]
    shown = {
        "nav": navigation(request), "people": rows, "invitations": invited, "left": left,
        "teams": [{"id": team.id, "name": team.name} for team in (names.teams() if may_invite else ())],
        "roles": Agent.Roles.choices, "may_invite": may_invite, "notices": notices(request),
    }  # fmt: skip
    return render(request, "desk/people.jinja", shown)


@desk(Permission.PEOPLE)
def person(request: DeskRequest, agent_id: int) -> HttpResponse:
    """GET: the form with a person's role, teams and sight. POST saves it."""
    one = agents.agent_by_id(agent_id)
    if request.method == "GET":
        return render(request, "desk/_person.jinja", _form(one))
    actor = request.user.actor

    def save() -> None:
        agent_actions.set_role(one, request.POST.get("role", ""), actor=actor)
        chosen = [brand for brand in brands.brands() if str(brand.pk) in request.POST.getlist("brands")]
        agent_actions.set_scope(one, request.POST.get("sees", ""), chosen, actor=actor)
        _join(one, set(request.POST.getlist("teams")), request)

    return done(request, PAGE, save, _("Saved."))


@desk(Permission.PEOPLE)
def invitations(request: DeskRequest) -> HttpResponse:
    """POST `email`, `role` and `teams` asks somebody to join."""
    wanted = [team for team in teams.teams() if str(team.pk) in request.POST.getlist("teams")]
    email, role = request.POST.get("email", ""), request.POST.get("role", "")
    said = _("Invited. The mail to %(email)s is on its way.") % {"email": email}
    return done(request, PAGE, lambda: invitation_actions.invite(email, role, wanted, actor=request.user.actor), said)


@desk(Permission.PEOPLE)
def revocation(request: DeskRequest, invitation_id: int) -> HttpResponse:
    """POST takes an invitation back."""
    found = next((one for one in agents.invitations() if one.pk == invitation_id), None)
    if found is None:
        return done(request, PAGE, lambda: None, _("This invitation was not open any more."))
    return done(request, PAGE, lambda: invitation_actions.revoke(found, actor=request.user.actor), _("Taken back."))


@desk(Permission.PEOPLE)
def archival(request: DeskRequest, agent_id: int) -> HttpResponse:
    """POST archives somebody who has left; their open tickets go to `to`, or to nobody, or stay (`to` is "stay")."""
    one, to, actor = agents.agent_by_id(agent_id), request.POST.get("to", "stay"), request.user.actor

    def leave() -> None:
        taker = next((other for other in agents.who_may(Permission.REPLY) if str(other.pk) == to), None)
        agent_actions.archive(one, actor=actor)
        if to != "stay":
            handing.hand_on_agent(one, taker, actor=actor)

    return done(request, PAGE, leave, _("%(name)s has left and is signed out.") % {"name": one.name})


@desk(Permission.PEOPLE)
def restoration(request: DeskRequest, agent_id: int) -> HttpResponse:
    """POST lets somebody who had left in again."""
    one = agents.agent_by_id(agent_id)
    said = _("%(name)s is back, in the role they had.") % {"name": one.name}
    return done(request, PAGE, lambda: agent_actions.restore(one, actor=request.user.actor), said)


@desk(Permission.PEOPLE)
def factor_reset(request: DeskRequest, agent_id: int) -> HttpResponse:
    """POST takes away the second factor of somebody who has lost it."""
    one = agents.agent_by_id(agent_id)
    said = _("%(name)s signs in with the password alone until they set up another second factor.") % {"name": one.name}
    return done(request, PAGE, lambda: rescue.remove_second_factor(one, actor=request.user.actor), said)


def _form(one: Agent) -> dict[str, Any]:
    mine, own_brands = set(one.teams.values_list("pk", flat=True)), set(one.brands.values_list("pk", flat=True))
    return {
        "one": one,
        "used": usage.unfinished_of_agent(one.pk, MOST_COUNTED),
        "has_factor": rescue.has_second_factor(one),
        "takers": [(other.id, other.name) for other in names.answering() if other.id != one.pk],
        "roles": Agent.Roles.choices,
        "scopes": Agent.Scopes.choices,
        "teams": [(team.pk, team.name, team.pk in mine) for team in teams.teams()],
        "brands": [(brand.pk, brand.name, brand.pk in own_brands) for brand in brands.brands()],
    }


def _join(one: Agent, wanted: set[str], request: DeskRequest) -> None:
    """Puts the person into exactly the wanted teams."""
    for team in teams.teams():
        members = list(team.members.all())
        inside = one in members
        if inside == (str(team.pk) in wanted):
            continue
        after = [member for member in members if member != one] if inside else [*members, one]
        _set(team, after, request)


def _set(team: Team, members: list[Agent], request: DeskRequest) -> None:
    team_actions.set_members(team, members, actor=request.user.actor)
