"""Where a ticket stands: solution, closure, and any status by its id or category."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from headway.foundation.errors import Conflict, Invalid
from headway.people.rules import Permission, Scope
from headway.tickets import actions
from headway.tickets.models import Status
from headway.tickets.queries import Detail, ticket_for
from headway.tickets.queries.setup import status_for
from headway.tickets.rules.transitions import Category
from headway.web.api import known
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import PathId
from headway.web.api.preconditions import guard
from headway.web.api.routes import Routes
from headway.web.api.tickets.shown import shown

routes = Routes("Tickets")


def status_of(status_id: int | None, category: str | None) -> Status | None:
    """The status that a body names by id or by category alone; None when it names none. Raises Invalid."""
    if status_id is not None and category is not None:
        raise Invalid(_("Name the status once: by status_id or by category."), field="body.status_id")
    if status_id is not None:
        return known.status(status_id)
    return status_for(category) if category is not None else None


def _move(request: ApiRequest, ticket_id: int, category: str) -> HttpResponse:
    ticket = ticket_for(request.agent, ticket_id)
    guard(request, ticket)
    actions.set_status(ticket, status_for(category), actor=request.actor)
    return shown(ticket_id)


@routes.put("/tickets/{ticket_id}/solution", Scope.TICKETS_WRITE, Permission.WORK, Detail)
def solve_ticket(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """The matter is solved. Required fields must be filled in first."""
    return _move(request, ticket_id, Category.SOLVED)


@routes.delete("/tickets/{ticket_id}/solution", Scope.TICKETS_WRITE, Permission.WORK, Detail)
def reopen_ticket(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """It is not solved after all: the ticket is open again."""
    if ticket_for(request.agent, ticket_id).category != Category.SOLVED:
        raise Conflict(_("This ticket is not solved."))
    return _move(request, ticket_id, Category.OPEN)


@routes.put("/tickets/{ticket_id}/closure", Scope.TICKETS_WRITE, Permission.WORK, Detail)
def close_ticket(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """Close the ticket for good. A later message starts a linked one."""
    return _move(request, ticket_id, Category.CLOSED)


@routes.delete("/tickets/{ticket_id}/move", Scope.TICKETS_WRITE, Permission.WORK, Detail)
def take_move_back(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """Take your latest change of status back, also to new. Only while nothing was said or moved since."""
    ticket = ticket_for(request.agent, ticket_id)
    guard(request, ticket)
    actions.take_move_back(ticket, actor=request.actor)
    return shown(ticket_id)
