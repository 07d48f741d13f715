"""One ticket: read it with its conversation, change its properties."""

from dataclasses import dataclass

from django.db import transaction
from django.http import HttpResponse

from headway.people.rules import Permission, Scope
from headway.tickets import queries
from headway.tickets.actions.removal import remove
from headway.tickets.queries import Detail, ticket_for
from headway.tickets.queries.conversation import Turn
from headway.web.api.answers import answer, nothing
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import PathId
from headway.web.api.preconditions import guard
from headway.web.api.routes import Routes
from headway.web.api.tickets.changes import Changes, apply
from headway.web.api.tickets.shown import shown

routes = Routes("Tickets")


@dataclass(slots=True)
class Whole:
    """A ticket and what was said on it: messages and private notes, oldest first."""

    ticket: Detail
    conversation: list[Turn]


@routes.get("/tickets/{ticket_id}", Scope.TICKETS_READ, Permission.READ, Whole)
def read_ticket(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """One ticket with its conversation. HTML, where `has_html`, is read from the message itself."""
    row = queries.detail(request.agent, ticket_id)
    said = queries.conversation_of(row.id)
    return answer({"ticket": row, "conversation": said.turns}, version=row.version)


@routes.patch("/tickets/{ticket_id}", Scope.TICKETS_WRITE, Permission.WORK, Detail)
def change_ticket(request: ApiRequest, ticket_id: PathId, body: Changes) -> HttpResponse:
    """Change properties; what is left out stays. All of it or nothing."""
    ticket = ticket_for(request.agent, ticket_id)
    guard(request, ticket)
    with transaction.atomic():
        apply(ticket, body, actor=request.actor)
    return shown(ticket_id)


@routes.delete("/tickets/{ticket_id}", Scope.TICKETS_WRITE, Permission.DELETE)
def delete_ticket(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """Delete the ticket for good, with everything said, found and recorded of it."""
    ticket = ticket_for(request.agent, ticket_id)
    guard(request, ticket)
    remove([ticket.pk], actor=request.actor, reason="deleted")
    return nothing()
