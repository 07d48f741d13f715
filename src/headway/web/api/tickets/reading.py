"""What the token's owner has read of a ticket."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse

from headway.people.rules import Permission, Scope
from headway.tickets.actions import readings
from headway.tickets.models import Ticket
from headway.tickets.queries import ticket_for
from headway.tickets.queries.readings import reading_of, unread_among
from headway.tickets.queries.work import active_ms
from headway.web.api.answers import answer
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import PathId
from headway.web.api.routes import Routes

routes = Routes("Conversation")


@dataclass(slots=True)
class ReadState:
    """Whether somebody else has said something you have not read, and how far you read: null if you never opened it."""

    unread: bool
    message_id: int | None
    note_id: int | None
    read_at: datetime | None


@routes.get("/tickets/{ticket_id}/reading", Scope.TICKETS_READ, Permission.READ, ReadState)
def read_state(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """How far you have read a ticket."""
    return answer(_state(request, ticket_for(request.agent, ticket_id)))


@routes.put("/tickets/{ticket_id}/reading", Scope.TICKETS_WRITE, Permission.READ, ReadState)
def mark_read(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """You have read everything there is on the ticket."""
    ticket = ticket_for(request.agent, ticket_id)
    readings.read_all(ticket, actor=request.actor)
    return answer(_state(request, ticket))


@routes.delete("/tickets/{ticket_id}/reading", Scope.TICKETS_WRITE, Permission.READ, ReadState)
def mark_unread(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """The last that others said is unread again. Refused with 409 where nobody else has said anything."""
    ticket = ticket_for(request.agent, ticket_id)
    readings.mark_unread(ticket, actor=request.actor)
    return answer(_state(request, ticket))


@dataclass(slots=True)
class ActiveTime:
    """How long you had the ticket in front of you at the desk, focused and used, in milliseconds."""

    active_ms: int


@routes.get("/tickets/{ticket_id}/active-time", Scope.TICKETS_READ, Permission.READ, ActiveTime)
def read_active_time(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """Your own time on a ticket. It is measured at the desk, and nobody tells it by hand."""
    return answer(ActiveTime(active_ms(request.agent, ticket_for(request.agent, ticket_id))))


def _state(request: ApiRequest, ticket: Ticket) -> ReadState:
    found = reading_of(request.agent, ticket)
    unread = bool(unread_among(request.agent, [ticket.pk]))
    if found is None:
        return ReadState(unread, None, None, None)
    return ReadState(unread, found.message_id, found.note_id, found.at)
