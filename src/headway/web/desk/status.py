"""Where a ticket stands: its status, and closure as the decision that it is solved."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from headway.people.rules import Permission
from headway.tickets import actions
from headway.tickets.models import Status, Ticket
from headway.tickets.queries import setup
from headway.tickets.rules.transitions import Category
from headway.web.desk.acting import Act, act
from headway.web.desk.checklist import unless_told
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.incidents import offer_incidents
from headway.web.desk.words import chosen


@desk(Permission.WORK)
def status(request: DeskRequest, number: int) -> HttpResponse:
    """POST `status`: the id of the status to move to."""
    wanted = chosen(setup.statuses(), request.POST.get("status"))
    response = act(request, number, _to(request, wanted))
    return offer_incidents(request, response, number) if wanted.category == Category.SOLVED else response


@desk(Permission.WORK)
def closure(request: DeskRequest, number: int) -> HttpResponse:
    """POST solves the ticket, DELETE opens it again."""
    reopens = request.method == "DELETE"
    wanted = setup.status_for("open" if reopens else "solved")
    response = act(
        request,
        number,
        _to(request, wanted),
        said=_("Open again.") if reopens else _("Solved."),
        undo=f"DELETE /desk/tickets/{number}/move",
    )
    return response if reopens else offer_incidents(request, response, number)


@desk(Permission.WORK)
def move(request: DeskRequest, number: int) -> HttpResponse:
    """DELETE takes the latest move from status to status back, as if it had not been made."""
    return act(
        request,
        number,
        lambda ticket, _expected: actions.take_move_back(ticket, actor=request.user.actor),
        said=_("Taken back. The ticket stands as before."),
    )


def _to(request: DeskRequest, wanted: Status) -> Act:
    """The move; one that solves says first what is still to be done."""

    def move(ticket: Ticket, expected: int | None) -> object:
        if wanted.category == Category.SOLVED:
            unless_told(request, ticket)
        return actions.set_status(ticket, wanted, actor=request.user.actor, expected=expected)

    return move
