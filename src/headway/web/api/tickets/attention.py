"""Out of sight for a while, and apart for good: snooze and suspected spam."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.http import HttpResponse

from headway.people.rules import Permission, Scope
from headway.sla.actions import snooze_until_due
from headway.tickets import actions
from headway.tickets.queries import Detail, ticket_for
from headway.web.api.answers import answer
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Input, Instant, PathId
from headway.web.api.preconditions import guard
from headway.web.api.routes import Routes
from headway.web.api.tickets.shown import shown
from headway.web.suspicion import because

routes = Routes("Tickets")


class Snooze(Input):
    """Until when the ticket is out of sight, unless the customer writes before; null: until they write.

    "due": until half an hour before its response is due, also when that moves.
    """

    until: Instant | Literal["due"] | None


@routes.put("/tickets/{ticket_id}/snooze", Scope.TICKETS_WRITE, Permission.WORK, Detail)
def snooze_ticket(request: ApiRequest, ticket_id: PathId, body: Snooze) -> HttpResponse:
    """Hide the ticket from the daily views for a while."""
    ticket = ticket_for(request.agent, ticket_id)
    guard(request, ticket)
    if body.until == "due":
        snooze_until_due(ticket, actor=request.actor)
    else:
        actions.snooze(ticket, body.until, actor=request.actor)
    return shown(ticket_id)


@routes.delete("/tickets/{ticket_id}/snooze", Scope.TICKETS_WRITE, Permission.WORK, Detail)
def wake_ticket(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """Bring the ticket back now."""
    ticket = ticket_for(request.agent, ticket_id)
    guard(request, ticket)
    actions.wake(ticket, actor=request.actor)
    return shown(ticket_id)


@dataclass(slots=True)
class SuspicionOut:
    """Whether and why a ticket is suspected spam. `by`: agent, automation, channel, sender_rule, or system for imported
    history."""

    suspected: bool
    since: datetime | None = None
    by: str = ""
    because: str = ""
    agent_id: int | None = None
    sender_rule_id: int | None = None


@routes.get("/tickets/{ticket_id}/suspicion", Scope.TICKETS_READ, Permission.READ, SuspicionOut)
def why_suspected(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """Whether the ticket is suspected spam, and why."""
    found = because(ticket_for(request.agent, ticket_id))
    if found is None:
        return answer(SuspicionOut(suspected=False))
    return answer(SuspicionOut(True, found.at, found.by, found.words, found.agent_id, found.rule_id))


@routes.put("/tickets/{ticket_id}/suspicion", Scope.TICKETS_WRITE, Permission.WORK, Detail)
def suspect_ticket(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """Put the ticket apart as suspected spam."""
    ticket = ticket_for(request.agent, ticket_id)
    guard(request, ticket)
    actions.suspect(ticket, actor=request.actor)
    return shown(ticket_id)


@routes.delete("/tickets/{ticket_id}/suspicion", Scope.TICKETS_WRITE, Permission.WORK, Detail)
def clear_ticket(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """It is no spam: back where it belongs."""
    ticket = ticket_for(request.agent, ticket_id)
    guard(request, ticket)
    actions.clear(ticket, actor=request.actor)
    return shown(ticket_id)
