"""The incidents of a problem, and one answer for all of them."""

from dataclasses import dataclass
from typing import Annotated

from django.http import HttpResponse
from pydantic import Field

from headway.foundation.errors import HeadwayError
from headway.people.rules import Permission, Scope
from headway.tickets.actions.incidents import answer_incident
from headway.tickets.queries import ticket_for
from headway.tickets.queries.incidents import Incident, incidents
from headway.web.api.answers import Listed, answer, listed
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Category, Id, Input, PathId, Text
from headway.web.api.routes import Routes
from headway.web.api.tickets.status import status_of

routes = Routes("Tickets")


class IncidentReply(Input):
    """The text, with variables as macros have them, and where each ticket stands after it. No ids: all open ones."""

    text: Text
    category: Category | None = None
    ticket_ids: Annotated[list[Id], Field(max_length=100)] | None = None


@dataclass(slots=True)
class Answered:
    """What became of one incident: its reply, or why there is none."""

    ticket_id: int
    message_id: int | None
    refused: str


@routes.get("/tickets/{ticket_id}/incidents", Scope.TICKETS_READ, Permission.READ, Listed[Incident])
def list_incidents(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """The tickets linked to this one as its incidents; `left_out` says why one is not answered with the others."""
    return listed(request, incidents(request.agent, ticket_for(request.agent, ticket_id)).rows, None)


@routes.post("/tickets/{ticket_id}/incidents/replies", Scope.TICKETS_WRITE, Permission.REPLY, Listed[Answered])
def answer_incidents(request: ApiRequest, ticket_id: PathId, body: IncidentReply) -> HttpResponse:
    """Answer up to a hundred incidents at once, each in its own thread."""
    problem = ticket_for(request.agent, ticket_id)
    status = status_of(None, body.category)
    chosen = body.ticket_ids
    if chosen is None:
        chosen = [row.id for row in incidents(request.agent, problem).open][:100]
    results = []
    for number in dict.fromkeys(chosen):
        try:
            incident = ticket_for(request.agent, number)
            message = answer_incident(
                incident, problem, body.text, writer=request.agent, actor=request.actor, status=status
            )
            results.append(Answered(number, message.pk, ""))
        except HeadwayError as refusal:
            results.append(Answered(number, None, refusal.message))
    return answer({"items": results, "next": None}, 201)
