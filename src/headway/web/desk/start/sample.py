"""Sample data: what it is, filled in and removed in one press each, with how far that is."""

from django.http import HttpResponse
from django.shortcuts import render

from headway.people.models import Agent
from headway.people.rules import Permission
from headway.simulator import actions, company
from headway.simulator.logins import LOGINS
from headway.simulator.queries import overview
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices

PAGE = "/desk/sample-data"


@desk(Permission.SETTINGS)
def sample_data(request: DeskRequest) -> HttpResponse:
    """GET: whether there is sample data, and the way to it or out of it. POST fills it in (`beside` real tickets)."""
    if request.method == "POST":
        beside = "beside" in request.POST
        return done(request, PAGE, lambda: actions.ask_add(beside_real=beside, actor=request.user.actor))
    shown = {
        "nav": navigation(request), "notices": notices(request), "state": overview(), "company": company.NAME,
        "logins": [(one.email, Agent.Roles(one.role).label) for one in LOGINS],
    }  # fmt: skip
    return render(request, "desk/start/sample_data.jinja", shown)


@desk(Permission.SETTINGS)
def removal(request: DeskRequest) -> HttpResponse:
    """POST removes all of it."""
    return done(request, PAGE, lambda: actions.ask_remove(actor=request.user.actor))
