"""The live queue: who has what, and what nobody has."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse

from headway.people.rules import Permission, Scope
from headway.tickets.queries import queue
from headway.web.api.answers import answer
from headway.web.api.door import ApiRequest
from headway.web.api.routes import Routes
from headway.web.desk.queue import load

routes = Routes("Tickets")


@dataclass(slots=True)
class LoadOut:
    """What somebody has: unfinished tickets, those whose customer waits, since when; late and soon due responses."""

    agent_id: int
    name: str
    open: int
    waiting: int
    oldest: datetime | None
    late: int
    soon: int
    active: bool
    away: bool
    away_until: datetime | None


@dataclass(slots=True)
class FreeOut:
    """What nobody has in a team (null: in none)."""

    team_id: int | None
    open: int
    waiting: int
    oldest: datetime | None


@dataclass(slots=True)
class QueueOut:
    """Who has what, the one with most late responses first; and what nobody has."""

    agents: list[LoadOut]
    unassigned: list[FreeOut]


@routes.get("/queue", Scope.TICKETS_READ, Permission.BULK, QueueOut)
def read_queue(request: ApiRequest) -> HttpResponse:
    """Who has what, as far as the token's owner may see it. Change many tickets at once to give them away."""
    people = [
        LoadOut(
            one.id, one.name, one.load.open, one.load.waiting, one.load.oldest, one.late, one.soon, one.active,
            one.away, one.until,
        )
        for one in load(request.agent)
    ]  # fmt: skip
    loads = queue.unassigned(request.agent)
    free = [FreeOut(team, each.open, each.waiting, each.oldest) for team, each in loads.items()]
    return answer(QueueOut(people, free))
