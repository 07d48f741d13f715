"""Saying that one is away for a while, and back."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.clock import now
from headway.people.actions import away as actions
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.responses import toast
from headway.web.desk.times import instant


@desk()
def away(request: DeskRequest) -> HttpResponse:
    """POST `until` (hour, or a day and time in the reader's zone; nothing: until they come back), or `idle`: the reader
    is away. DELETE: back; with `idle` only from being idle. Answers with the menu's part."""
    person = request.user
    if request.method == "DELETE":
        row = actions.come_back(person, idle="idle" in request.GET, actor=person.actor)
        return render(request, "desk/_away.jinja", {"me": row})
    chosen = request.POST.get("until", "")
    until = None
    if chosen == "hour":
        until = now() + timedelta(hours=1)
    elif chosen:
        until = instant(request.POST.get("local") if chosen == "local" else chosen, field="until")
    idle = "idle" in request.POST
    row = actions.go_away(person, until=until, idle=idle, actor=person.actor)
    response = render(request, "desk/_away.jinja", {"me": row})
    if not idle:
        toast(response, _("You are away. What concerns you comes by mail, too."))
    return response
