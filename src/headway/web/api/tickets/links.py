"""How tickets stand to each other."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.http import HttpResponse
from ninja import Path

from headway.people.rules import Permission, Scope
from headway.tickets import actions
from headway.tickets.models import Link
from headway.tickets.queries import ticket_for, visible_to
from headway.web.api.answers import Listed, answer, listed, nothing
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Id, Input, PathId
from headway.web.api.preconditions import guard
from headway.web.api.routes import Routes

routes = Routes("Tickets")


LinkKind = Literal["related", "follow_up", "split", "incident"]


class LinkIn(Input):
    """To which ticket, and how this one stands to it."""

    other_id: Id
    kind: LinkKind = "related"


@dataclass(slots=True)
class LinkOut:
    """How the ticket stands to another: the other's number, subject and category. `outward`: said on this ticket."""

    kind: str
    other_id: int
    subject: str
    category: str
    outward: bool
    at: datetime


@routes.get("/tickets/{ticket_id}/links", Scope.TICKETS_READ, Permission.READ, Listed[LinkOut])
def list_links(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """Tickets this one is linked to that you may see, in both directions."""
    ticket = ticket_for(request.agent, ticket_id)
    seen = visible_to(request.agent).values("pk")
    out = Link.objects.filter(ticket=ticket, other__in=seen).select_related("other").order_by("pk")
    back = Link.objects.filter(other=ticket, ticket__in=seen).select_related("ticket").order_by("pk")
    rows = [LinkOut(row.kind, row.other_id, row.other.subject, row.other.category, True, row.at) for row in out]
    rows += [LinkOut(row.kind, row.ticket_id, row.ticket.subject, row.ticket.category, False, row.at) for row in back]
    return listed(request, rows, None)


@routes.post("/tickets/{ticket_id}/links", Scope.TICKETS_WRITE, Permission.WORK, LinkOut)
def link_ticket(request: ApiRequest, ticket_id: PathId, body: LinkIn) -> HttpResponse:
    """Say how the ticket stands to another."""
    ticket = ticket_for(request.agent, ticket_id)
    other = ticket_for(request.agent, body.other_id)
    guard(request, ticket)
    row = actions.link(ticket, other, body.kind, actor=request.actor)
    return answer(LinkOut(row.kind, other.pk, other.subject, other.category, True, row.at), 201)


@routes.delete("/tickets/{ticket_id}/links/{kind}/{other_id}", Scope.TICKETS_WRITE, Permission.WORK)
def unlink_ticket(request: ApiRequest, ticket_id: PathId, kind: Path[LinkKind], other_id: PathId) -> HttpResponse:
    """Remove a link; one that is not there changes nothing."""
    ticket = ticket_for(request.agent, ticket_id)
    other = ticket_for(request.agent, other_id)
    guard(request, ticket)
    actions.unlink(ticket, other, kind, actor=request.actor)
    return nothing()
