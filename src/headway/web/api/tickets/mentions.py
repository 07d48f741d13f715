"""Whom a note on a ticket may mention."""

from django.http import HttpResponse

from headway.people.rules import Permission, Scope
from headway.tickets.queries import ticket_for
from headway.tickets.queries.mentions import Callee, callees
from headway.web.api.answers import Listed, listed
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import PathId
from headway.web.api.routes import Routes

routes = Routes("Conversation")


@routes.get("/tickets/{ticket_id}/callees", Scope.TICKETS_READ, Permission.NOTE, Listed[Callee])
def list_callees(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """People and teams, with what to write after the "@". `blind`: the ticket is out of their sight, and stays so."""
    return listed(request, callees(ticket_for(request.agent, ticket_id)), None)
