"""Who has a ticket: a person, a team."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.people.queries import agents, names, teams
from headway.people.rules import Permission
from headway.tickets import actions
from headway.tickets.queries import ticket_for
from headway.web.desk.acting import act
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.words import number as number_of
from headway.web.formats import moment


@desk(Permission.WORK)
def assignment(request: DeskRequest, number: int) -> HttpResponse:
    """GET: the menu of those who can answer. POST `agent`: an id, or nothing for nobody; `instead_of`: who had it when
    the reader looked, 0 for nobody."""
    if request.method == "GET":
        ticket = ticket_for(request.user, number)
        return render(request, "desk/_assignment.jinja", {"ticket": ticket, "agents": names.answering()})
    wanted = number_of(request.POST.get("agent"))
    agent = agents.agent_by_id(wanted) if wanted else None
    seen = number_of(request.POST.get("instead_of"))
    said = ""
    if agent is not None and agent.is_away and agent.pk != request.user.pk:
        said = _("%(name)s is away. The ticket is theirs all the same.") % {"name": agent.name}
        if agent.away_until:
            said = _("%(name)s is away until %(time)s. The ticket is theirs all the same.") % {
                "name": agent.name, "time": moment(agent.away_until),
            }  # fmt: skip
    return act(
        request,
        number,
        lambda ticket, expected: actions.assign(
            ticket, agent, actor=request.user.actor, instead_of=seen, expected=expected if seen is None else None
        ),
        said=said,
    )


@desk(Permission.WORK)
def team(request: DeskRequest, number: int) -> HttpResponse:
    """GET: the menu of teams. POST `team`: an id, or nothing for none."""
    if request.method == "GET":
        ticket = ticket_for(request.user, number)
        return render(request, "desk/_team.jinja", {"ticket": ticket, "teams": names.teams()})
    wanted = number_of(request.POST.get("team"))
    group = teams.team_by_id(wanted) if wanted else None
    return act(
        request,
        number,
        lambda ticket, expected: actions.set_team(ticket, group, actor=request.user.actor, expected=expected),
    )
