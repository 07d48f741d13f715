"""Who has a ticket: a person, a team."""

from django.http import HttpResponse

from headway.people.rules import Permission, Scope
from headway.tickets import actions
from headway.tickets.queries import Detail, ticket_for
from headway.web.api import known
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Id, IdOrNone, Input, PathId
from headway.web.api.preconditions import guard
from headway.web.api.routes import Routes
from headway.web.api.tickets.shown import shown

routes = Routes("Tickets")


class Assignment(Input):
    """To whom. `instead_of`: who has it as far as you know, 0 for nobody; refused when somebody else was quicker."""

    assignee_id: Id
    instead_of: IdOrNone | None = None


@routes.put("/tickets/{ticket_id}/assignment", Scope.TICKETS_WRITE, Permission.WORK, Detail)
def assign_ticket(request: ApiRequest, ticket_id: PathId, body: Assignment) -> HttpResponse:
    """Give the ticket to somebody who can answer it."""
    ticket = ticket_for(request.agent, ticket_id)
    guard(request, ticket)
    actions.assign(ticket, known.agent(body.assignee_id), actor=request.actor, instead_of=body.instead_of)
    return shown(ticket_id)


@routes.delete("/tickets/{ticket_id}/assignment", Scope.TICKETS_WRITE, Permission.WORK, Detail)
def unassign_ticket(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """Give the ticket to nobody."""
    ticket = ticket_for(request.agent, ticket_id)
    guard(request, ticket)
    actions.assign(ticket, None, actor=request.actor)
    return shown(ticket_id)
