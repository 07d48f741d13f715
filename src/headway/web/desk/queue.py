"""The lead's live queue: who has what, what nobody has, and giving it to somebody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.clock import now
from headway.people.models import Agent
from headway.people.queries import names
from headway.people.rules import Permission
from headway.sla import queries as sla
from headway.tickets.queries import queue
from headway.tickets.queries.listing import ListRow
from headway.tickets.queries.queue import EMPTY, Load
from headway.web import presence
from headway.web.desk.bulk import PORTION
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.due import due_times
from headway.web.desk.navigation import navigation
from headway.web.desk.words import number

SOON = timedelta(hours=1)
EACH = 15


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who answers, and what they have. `late` and `soon`: responses past their time, and in the next hour."""

    id: int
    name: str
    load: Load
    late: int
    soon: int
    active: bool
    away: bool
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Group:
    """What nobody has in a team (id 0: in none): how much, and its first rows."""

    id: int
    name: str
    load: Load
    rows: list[ListRow]


@desk(Permission.BULK)
def live(request: DeskRequest) -> HttpResponse:
    """Everybody with their load, what nobody has by team, and with `agent` what that person has."""
    wanted = number(request.GET.get("agent"))
    people = load(request.user)
    opened = next((one for one in people if one.id == wanted), None)
    theirs = queue.of_assignee(request.user, opened.id) if opened else []
    groups = free(request.user)
    listed = [row.id for group in groups for row in group.rows] + [row.id for row in theirs]
    shown = {
        "people": people, "groups": groups, "opened": opened, "theirs": theirs, "due": due_times(listed),
        "portion": PORTION,
    }  # fmt: skip
    if request.htmx:
        return render(request, "desk/_queue.jinja", shown)
    return render(request, "desk/queue.jinja", shown | {"nav": navigation(request)})


def load(agent: Agent) -> list[Person]:
    """Everybody who answers, who has most that waits first. Four queries."""
    at = now()
    has = queue.by_assignee(agent)
    due = sla.due_by_assignee(queue.unfinished(agent), at, at + SOON)
    here = presence.active()
    people = [
        Person(one.id, one.name, has.get(one.id, EMPTY), *due.get(one.id, (0, 0)), one.id in here, one.away, one.until)
        for one in names.answering()
    ]
    return sorted(people, key=lambda one: (-one.late, -one.load.waiting, -one.load.open, one.name))


def free(agent: Agent) -> list[Group]:
    """What nobody has, by team, the team whose customer waits longest first. Four queries."""
    loads, first = queue.unassigned(agent), queue.longest(agent, EACH)
    known: dict[int | None, str] = {team.id: team.name for team in names.teams()}
    known[None] = _("No team")
    groups = [
        Group(team_id or 0, known.get(team_id, _("Team")), each, first.get(team_id, []))
        for team_id, each in loads.items()
    ]
    return sorted(groups, key=lambda group: (group.load.oldest is None, group.load.oldest, group.name))
