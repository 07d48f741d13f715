"""Where a ticket stands: its status, and closure as the decision that it is solved."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from headway.people.rules import Permission
from headway.tickets import actions
from headway.tickets.queries import setup, ticket_for
from headway.tickets.queries.incidents import incidents
from headway.web.desk.acting import act
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.responses import announce
from headway.web.desk.words import chosen


@desk(Permission.WORK)
def status(request: DeskRequest, number: int) -> HttpResponse:
    """POST `status`: the id of the status to move to."""
    wanted = chosen(setup.statuses(), request.POST.get("status"))
    return act(
        request,
        number,
        lambda ticket, expected: actions.set_status(ticket, wanted, actor=request.user.actor, expected=expected),
    )


@desk(Permission.WORK)
def closure(request: DeskRequest, number: int) -> HttpResponse:
    """POST solves the ticket, DELETE opens it again."""
    reopens = request.method == "DELETE"
    wanted = setup.status_for("open" if reopens else "solved")
    response = act(
        request,
        number,
        lambda ticket, expected: actions.set_status(ticket, wanted, actor=request.user.actor, expected=expected),
        said=_("Open again.") if reopens else _("Solved."),
        undo=f"DELETE /desk/tickets/{number}/move",
    )

    solved = request.method == "POST" and response.status_code == 200
    if solved and request.user.may(Permission.REPLY):
        # solving the problem is the moment to tell everybody whom it hit
        waiting = incidents(request.user, ticket_for(request.user, number)).open
        if waiting:
            announce(response, offer={"address": f"/desk/tickets/{number}/incidents"})
    return response


@desk(Permission.WORK)
def move(request: DeskRequest, number: int) -> HttpResponse:
    """DELETE takes the latest move from status to status back, as if it had not been made."""
    return act(
        request,
        number,
        lambda ticket, _expected: actions.take_move_back(ticket, actor=request.user.actor),
        said=_("Taken back. The ticket stands as before."),
    )
