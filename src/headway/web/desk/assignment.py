"""Who has a ticket: a person, a team."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.people.models import Agent
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
    """GET: the menu of those who can answer. POST `agent`: an id, or nothing or 0 for nobody; `instead_of`: who had it
    when the reader looked, 0 for nobody."""
    if request.method == "GET":
        ticket = ticket_for(request.user, number)
        return render(request, "desk/_assignment.jinja", {"ticket": ticket, "agents": names.answering()})
    # what undoes an assignment names both in its address
    given = request.POST if "agent" in request.POST else request.GET
    wanted, seen = number_of(given.get("agent")), number_of(given.get("instead_of"))
    agent = agents.agent_by_id(wanted) if wanted else None
    said = undo = ""
    if agent is not None and agent.pk != request.user.pk and (absent := away_words(agent)):
        said = _("%(away)s The ticket is theirs all the same.") % {"away": absent}
        former = ticket_for(request.user, number).assignee_id
        undo = f"/desk/tickets/{number}/assignment?agent={former or 0}&instead_of={agent.pk}"
    return act(
        request,
        number,
        lambda ticket, expected: actions.assign(
            ticket, agent, actor=request.user.actor, instead_of=seen, expected=expected if seen is None else None
        ),
        said=said,
        undo=undo,
    )


def away_words(agent: Agent) -> str:
    """That somebody is away, and until when where they said; "" of who is here."""
    if not agent.is_away:
        return ""
    if agent.away_until is None:
        return _("%(name)s is away.") % {"name": agent.name}
    return _("%(name)s is away until %(time)s.") % {"name": agent.name, "time": moment(agent.away_until)}


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
