"""Who has a ticket in front of them at the desk."""

from django.http import HttpResponse

from headway.people.rules import Permission, Scope
from headway.tickets.queries import ticket_for
from headway.web.api.answers import Listed, listed
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import PathId
from headway.web.api.routes import Routes
from headway.web.presence import Present, present

routes = Routes("Tickets")


@routes.get("/tickets/{ticket_id}/presence", Scope.TICKETS_READ, Permission.READ, Listed[Present])
def list_present(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """Who else is looking at a ticket, or typing a reply or a note on it."""
    return listed(request, list(present(ticket_for(request.agent, ticket_id), beside=request.agent)), None)
