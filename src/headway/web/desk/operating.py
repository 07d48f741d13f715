"""For administrators: what failed for good, and a held workspace."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.jobs import letters
from headway.people.rules import Permission
from headway.settings import actions as settings_actions
from headway.settings import queries as settings
from headway.web.desk.delivery import pending
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices


@desk(Permission.OPERATE)
def dead_letters(request: DeskRequest) -> HttpResponse:
    """Jobs that failed for good."""
    shown = {"nav": navigation(request), "letters": letters.dead_letters(), "notices": notices(request)}
    return render(request, "desk/letters.jinja", shown)


@desk(Permission.OPERATE)
def retry(request: DeskRequest, job_id: int) -> HttpResponse:
    """POST puts a dead letter back in the queue."""
    return done(request, "/desk/dead-letters", lambda: letters.retry(job_id), _("It runs again."))


@desk(Permission.OPERATE)
def removal(request: DeskRequest, job_id: int) -> HttpResponse:
    """POST discards a dead letter."""
    return done(request, "/desk/dead-letters", lambda: letters.discard(job_id), _("Discarded."))


@desk(Permission.OPERATE)
def hold(request: DeskRequest) -> HttpResponse:
    """Why nothing leaves the workspace, and what would leave it once released."""
    shown = {"nav": navigation(request), "hold": settings.hold(), "pending": pending(), "notices": notices(request)}
    return render(request, "desk/hold.jinja", shown)


@desk(Permission.OPERATE)
def release(request: DeskRequest) -> HttpResponse:
    """POST lets everything run again."""
    said = _("Released. What was pending goes out now.")
    return done(request, "/desk/settings/hold", lambda: settings_actions.release(actor=request.user.actor), said)
