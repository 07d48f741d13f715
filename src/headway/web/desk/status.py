"""Where a ticket stands: its status, and closure as the decision that it is solved."""

from django.http import HttpResponse

from headway.people.rules import Permission
from headway.tickets import actions
from headway.tickets.queries import setup
from headway.web.desk.acting import act
from headway.web.desk.door import DeskRequest, desk
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
    return act(
        request,
        number,
        lambda ticket, expected: actions.set_status(ticket, wanted, actor=request.user.actor, expected=expected),
    )
