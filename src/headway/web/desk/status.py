"""Where a ticket stands: its status, and closure as the decision that it is solved."""

from django.http import HttpResponse

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
    wanted = setup.status_for("open" if request.method == "DELETE" else "solved")
    response = act(
        request,
        number,
        lambda ticket, expected: actions.set_status(ticket, wanted, actor=request.user.actor, expected=expected),
    )
    solved = request.method == "POST" and response.status_code == 200
    if solved and request.user.may(Permission.REPLY):
        # solving the problem is the moment to tell everybody whom it hit
        waiting = incidents(request.user, ticket_for(request.user, number)).open
        if waiting:
            announce(response, offer={"address": f"/desk/tickets/{number}/incidents"})
    return response
