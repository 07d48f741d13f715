"""Out of sight for a while, or apart for good: snooze and suspected spam."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from headway.intake.spam.learning import sender_of
from headway.people.rules import Permission
from headway.sla.actions import snooze_until_due
from headway.tickets import actions
from headway.tickets.queries import ticket_for
from headway.web.desk.acting import act
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.times import instant


@desk(Permission.WORK)
def snooze(request: DeskRequest, number: int) -> HttpResponse:
    """POST `until` (an instant, "reply" or "due") or `local` (a time in the reader's zone) snoozes; DELETE wakes."""
    if request.method == "DELETE":
        return act(request, number, lambda ticket, _expected: actions.wake(ticket, actor=request.user.actor))
    given = request.POST.get("until")
    actor = request.user.actor
    until = None if given in ("reply", "due") else instant(given, request.POST.get("local"), field="until")
    return act(
        request,
        number,
        lambda ticket, _expected: (
            snooze_until_due(ticket, actor=actor) if given == "due" else actions.snooze(ticket, until, actor=actor)
        ),
        said=_("Snoozed. It comes back then, or when the customer writes.")
        if given != "reply"
        else _("Snoozed. It comes back when the customer writes."),
        undo=f"DELETE /desk/tickets/{number}/snooze",
    )


@desk(Permission.WORK)
def suspicion(request: DeskRequest, number: int) -> HttpResponse:
    """POST puts the ticket apart as suspected spam; DELETE takes it back. Either teaches the rules about its sender."""
    sender = {"sender": sender_of(ticket_for(request.user, number))}
    if request.method == "DELETE":
        verb, undo, said = actions.clear, "", _("Back among the tickets.")
        taught = _("Back among the tickets. %(sender)s is not suspected any more.")
    else:
        verb, undo = actions.suspect, f"DELETE /desk/tickets/{number}/suspicion"
        said = _("Marked as suspected spam.")
        taught = _("Marked as suspected spam. So is new mail from %(sender)s.")
    said = taught % sender if sender["sender"] else said
    return act(request, number, lambda ticket, _expected: verb(ticket, actor=request.user.actor), said=said, undo=undo)
