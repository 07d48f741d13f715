"""One ticket about two things becomes two."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.errors import HeadwayError
from headway.people.rules import Permission
from headway.tickets import actions
from headway.tickets.queries import ticket_for
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.responses import announce, toast
from headway.web.desk.sides import offered
from headway.web.desk.words import numbers


@desk(Permission.WORK)
def split(request: DeskRequest, number: int) -> HttpResponse:
    """GET: the form. POST the `messages` that move and the new `subject` says what will happen; the same once more,
    with what was looked at in `sure`, does it."""
    ticket = ticket_for(request.user, number)
    given = request.POST
    chosen = numbers(",".join(given.getlist("messages")))
    shown = {
        "ticket": ticket, "turns": offered(ticket), "subject": given.get("subject", ticket.subject), "chosen": chosen,
        "error": "", "sure": False,
    }  # fmt: skip
    if request.method == "GET":
        return render(request, "desk/_split.jinja", shown)
    if numbers(given.get("sure")) != chosen or not chosen:
        error = "" if chosen else _("Choose the messages that move.")
        answer = shown | {"sure": bool(chosen), "error": error}
        return render(request, "desk/_split.jinja", answer, status=200 if chosen else 422)
    try:
        fresh = actions.split(ticket, chosen, subject=given.get("subject", ""), actor=request.user.actor)
    except HeadwayError as refusal:
        return render(request, "desk/_split.jinja", shown | {"error": refusal.message}, status=422)
    response = announce(HttpResponse(), open={"address": f"/desk/tickets/{fresh.pk}"})
    return toast(response, _("Moved to #%(id)s.") % {"id": fresh.pk})
