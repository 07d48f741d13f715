"""Tags on a ticket."""

from typing import Annotated

from django.http import HttpResponse
from ninja import Path
from pydantic import Field

from headway.people.rules import Permission, Scope
from headway.tickets import actions
from headway.tickets.queries import Detail, ticket_for
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Input, PathId
from headway.web.api.preconditions import guard
from headway.web.api.routes import Routes
from headway.web.api.tickets.shown import shown

routes = Routes("Tickets")


class Tags(Input):
    """Tags by name; those that do not exist yet are made."""

    names: Annotated[list[Annotated[str, Field(min_length=1, max_length=60)]], Field(min_length=1, max_length=100)]


@routes.post("/tickets/{ticket_id}/tags", Scope.TICKETS_WRITE, Permission.WORK, Detail, status=200)
def tag_ticket(request: ApiRequest, ticket_id: PathId, body: Tags) -> HttpResponse:
    """Put tags on. Those that are there already change nothing."""
    ticket = ticket_for(request.agent, ticket_id)
    guard(request, ticket)
    actions.tag(ticket, body.names, actor=request.actor)
    return shown(ticket_id)


@routes.delete("/tickets/{ticket_id}/tags/{name}", Scope.TICKETS_WRITE, Permission.WORK, Detail)
def untag_ticket(
    request: ApiRequest, ticket_id: PathId, name: Path[Annotated[str, Field(max_length=60)]]
) -> HttpResponse:
    """Take a tag off. One that is not there changes nothing."""
    ticket = ticket_for(request.agent, ticket_id)
    guard(request, ticket)
    actions.untag(ticket, [name], actor=request.actor)
    return shown(ticket_id)
