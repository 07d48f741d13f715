"""What is to be done on a ticket, item by item."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from django.db import transaction
from django.http import HttpResponse
from pydantic import Field

from headway.people.rules import Permission, Scope
from headway.tickets import actions
from headway.tickets.models import Ticket
from headway.tickets.queries import ticket_for
from headway.tickets.queries.checklist import Item, checklist_of, item_of
from headway.tickets.rules.checklist import LENGTH, MOST
from headway.web.api.answers import Listed, answer, listed, nothing
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Input, PathId
from headway.web.api.preconditions import guard
from headway.web.api.routes import Routes

routes = Routes("Tickets")

Text = Annotated[str, Field(min_length=1, max_length=LENGTH)]


class ItemsIn(Input):
    """What is to be done, an item each, in its order."""

    texts: Annotated[list[Text], Field(min_length=1, max_length=MOST)]


class ItemChanges(Input):
    """New values of an item; what is left out stays. `position` counts from 1."""

    text: Text | None = None
    done: bool | None = None
    position: Annotated[int | None, Field(ge=1, le=10_000)] = None


@dataclass(slots=True)
class ItemOut:
    """One thing to do. Of what is done, since when, and which of your people did it."""

    id: int
    text: str
    position: int
    done_at: datetime | None
    done_by: int | None


@routes.get("/tickets/{ticket_id}/checklist", Scope.TICKETS_READ, Permission.READ, Listed[ItemOut])
def list_checklist(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """What is to be done on the ticket, in its order."""
    return listed(request, _rows(ticket_for(request.agent, ticket_id)), None)


@routes.post("/tickets/{ticket_id}/checklist", Scope.TICKETS_WRITE, Permission.NOTE, Listed[ItemOut])
def add_to_checklist(request: ApiRequest, ticket_id: PathId, body: ItemsIn) -> HttpResponse:
    """Put items at the end of the checklist; the answer is the new ones."""
    ticket = ticket_for(request.agent, ticket_id)
    guard(request, ticket)
    fresh = {item.pk for item in actions.add_items(ticket, body.texts, actor=request.actor)}
    return answer({"items": [row for row in _rows(ticket) if row.id in fresh], "next": None}, 201)


@routes.patch("/tickets/{ticket_id}/checklist/{item_id}", Scope.TICKETS_WRITE, Permission.NOTE, ItemOut)
def change_item(request: ApiRequest, ticket_id: PathId, item_id: PathId, body: ItemChanges) -> HttpResponse:
    """Reword an item, tick it off or not, give it another place. All of it or nothing."""
    ticket = ticket_for(request.agent, ticket_id)
    guard(request, ticket)
    with transaction.atomic():
        if body.text is not None:
            actions.reword_item(ticket, item_id, body.text, actor=request.actor)
        if body.done is not None:
            verb = actions.do_item if body.done else actions.undo_item
            verb(ticket, item_id, actor=request.actor)
        if body.position is not None:
            actions.move_item(ticket, item_id, body.position, actor=request.actor)
    return _one(ticket, item_id)


@routes.delete("/tickets/{ticket_id}/checklist/{item_id}", Scope.TICKETS_WRITE, Permission.NOTE)
def remove_item(request: ApiRequest, ticket_id: PathId, item_id: PathId) -> HttpResponse:
    """Take an item off the checklist. Again changes nothing."""
    ticket = ticket_for(request.agent, ticket_id)
    guard(request, ticket)
    actions.remove_item(ticket, item_id, actor=request.actor)
    return nothing()


@routes.post(
    "/tickets/{ticket_id}/checklist/{item_id}/restoration", Scope.TICKETS_WRITE, Permission.NOTE, ItemOut, status=200
)
def restore_item(request: ApiRequest, ticket_id: PathId, item_id: PathId) -> HttpResponse:
    """Put an item that was removed back where it stood."""
    ticket = ticket_for(request.agent, ticket_id)
    guard(request, ticket)
    actions.restore_item(ticket, item_id, actor=request.actor)
    return _one(ticket, item_id)


def _rows(ticket: Ticket) -> list[ItemOut]:
    return [_out(row) for row in checklist_of(ticket.pk)]


def _one(ticket: Ticket, item_id: int) -> HttpResponse:
    return answer(_out(item_of(ticket.pk, item_id)))


def _out(row: Item) -> ItemOut:
    return ItemOut(row.id, row.text, row.position, row.done_at, row.done_by)
