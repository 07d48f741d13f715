"""Tags, links, merges and splits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Path
from pydantic import Field

from headway.people.rules import Permission, Scope
from headway.tickets import actions
from headway.tickets.models import Link
from headway.tickets.queries import Detail, ticket_for, visible_to
from headway.web.api.answers import Listed, answer, listed, nothing
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Id, Input, PathId, Subject
from headway.web.api.preconditions import guard
from headway.web.api.routes import Routes
from headway.web.api.tickets.shown import shown

routes = Routes("Tickets")

LinkKind = Literal["related", "follow_up", "split", "incident"]


class Tags(Input):
    """Tags by name; those that do not exist yet are made."""

    names: Annotated[list[Annotated[str, Field(min_length=1, max_length=60)]], Field(min_length=1, max_length=100)]


class LinkIn(Input):
    """To which ticket, and how this one stands to it."""

    other_id: Id
    kind: LinkKind = "related"


class Merger(Input):
    """Where the ticket lives on."""

    into_id: Id


class Split(Input):
    """Which messages go to a ticket of their own. One must stay."""

    message_ids: Annotated[list[Id], Field(min_length=1, max_length=1000)]
    subject: Subject = ""


@dataclass(slots=True)
class LinkOut:
    """How the ticket stands to another: the other's number, subject and category. `outward`: said on this ticket."""

    kind: str
    other_id: int
    subject: str
    category: str
    outward: bool
    at: datetime


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
