"""Out of sight for a while, or apart for good: snooze and suspected spam."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from headway.people.rules import Permission
from headway.tickets import actions
from headway.web.desk.acting import act
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.times import instant


@desk(Permission.WORK)
def snooze(request: DeskRequest, number: int) -> HttpResponse:
    """POST `until` (an instant, or "reply") or `local` (a time in the reader's zone) snoozes; DELETE wakes."""
    if request.method == "DELETE":
        return act(request, number, lambda ticket, _expected: actions.wake(ticket, actor=request.user.actor))
    given = request.POST.get("until")
    until = None if given == "reply" else instant(given, request.POST.get("local"), field="until")
    return act(
        request,
        number,
        lambda ticket, _expected: actions.snooze(ticket, until, actor=request.user.actor),
        said=_("Snoozed. It comes back then, or when the customer writes.")
        if until
        else _("Snoozed. It comes back when the customer writes."),
        undo=f"DELETE /desk/tickets/{number}/snooze",
    )


@desk(Permission.WORK)
def suspicion(request: DeskRequest, number: int) -> HttpResponse:
    """POST puts the ticket apart as suspected spam; DELETE takes it back."""
    verb = actions.clear if request.method == "DELETE" else actions.suspect
    said = _("Back among the tickets.") if request.method == "DELETE" else _("Marked as suspected spam.")
    undo = "" if request.method == "DELETE" else f"DELETE /desk/tickets/{number}/suspicion"
    return act(request, number, lambda ticket, _expected: verb(ticket, actor=request.user.actor), said=said, undo=undo)
