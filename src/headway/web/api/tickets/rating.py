"""What customers think of a ticket."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Path
from pydantic import Field

from headway.people.rules import Permission, Scope
from headway.tickets import actions
from headway.tickets.models import Rating
from headway.tickets.queries import ticket_for
from headway.web.api.answers import Listed, answer, listed
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Input, PathId
from headway.web.api.preconditions import guard
from headway.web.api.routes import Routes

routes = Routes("Tickets")


class RatingIn(Input):
    """The customer's own score: csat 1 to 5, ces 1 to 7, nps 0 to 10."""

    score: Annotated[int, Field(ge=0, le=10)]
    comment: Annotated[str, Field(max_length=4000)] = ""


@dataclass(slots=True)
class RatingOut:
    """A rating on one scale. Scales are kept apart and never averaged together."""

    scale: str
    score: int
    comment: str
    at: datetime


@routes.get("/tickets/{ticket_id}/ratings", Scope.TICKETS_READ, Permission.READ, Listed[RatingOut])
def list_ratings(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """The ticket's ratings, one a scale."""
    ticket = ticket_for(request.agent, ticket_id)
    return listed(request, [_out(row) for row in ticket.ratings.order_by("scale")], None)


@routes.put("/tickets/{ticket_id}/ratings/{scale}", Scope.TICKETS_WRITE, Permission.WORK, RatingOut)
def rate_ticket(
    request: ApiRequest, ticket_id: PathId, scale: Path[Literal["csat", "ces", "nps"]], body: RatingIn
) -> HttpResponse:
    """Write down what the customer answered; a second rating on a scale replaces the first."""
    ticket = ticket_for(request.agent, ticket_id)
    guard(request, ticket)
    row = actions.rate(ticket, body.score, actor=request.actor, scale=scale, comment=body.comment)
    return answer(_out(row))


def _out(row: Rating) -> RatingOut:
    return RatingOut(row.scale, row.score, row.comment, row.at)
