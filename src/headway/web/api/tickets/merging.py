"""Two tickets about one thing become one; one about two things becomes two."""

from typing import Annotated

from django.http import HttpResponse
from pydantic import Field

from headway.people.rules import Permission, Scope
from headway.tickets import actions
from headway.tickets.queries import Detail, ticket_for
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Id, Input, PathId, Subject
from headway.web.api.preconditions import guard
from headway.web.api.routes import Routes
from headway.web.api.tickets.shown import shown

routes = Routes("Tickets")


class Merger(Input):
    """Where the ticket lives on."""

    into_id: Id


class Split(Input):
    """Which messages go to a ticket of their own. One must stay."""

    message_ids: Annotated[list[Id], Field(min_length=1, max_length=1000)]
    subject: Subject = ""


@routes.put("/tickets/{ticket_id}/merger", Scope.TICKETS_WRITE, Permission.WORK, Detail)
def merge_ticket(request: ApiRequest, ticket_id: PathId, body: Merger) -> HttpResponse:
    """Let the ticket live on in another; answers with that one."""
    ticket = ticket_for(request.agent, ticket_id)
    into = ticket_for(request.agent, body.into_id)
    guard(request, ticket)
    survivor = actions.merge(ticket, into, actor=request.actor)
    return shown(survivor.pk)


@routes.post("/tickets/{ticket_id}/splits", Scope.TICKETS_WRITE, Permission.WORK, Detail)
def split_ticket(request: ApiRequest, ticket_id: PathId, body: Split) -> HttpResponse:
    """Give some messages a ticket of their own, linked to this one; answers with the new one."""
    ticket = ticket_for(request.agent, ticket_id)
    guard(request, ticket)
    fresh = actions.split(ticket, body.message_ids, subject=body.subject, actor=request.actor)
    return shown(fresh.pk, 201, location=f"/tickets/{fresh.pk}")
