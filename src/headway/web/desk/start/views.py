"""The page of the first steps: the workspace's own name first, then what makes a desk of it."""

from django.conf import settings as django_settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.people.rules import Permission
from headway.settings import actions
from headway.settings import queries as settings
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices
from headway.web.desk.settings.form import Form
from headway.web.desk.settings.zones import zones
from headway.web.desk.start.steps import is_named, steps

PAGE = "/desk/first-steps"


@desk(Permission.SETTINGS)
def first_steps(request: DeskRequest) -> HttpResponse:
    """GET: the steps with what is done of them. POST `name`, `language` and `timezone` does the first one."""
    current = settings.current()
    name = current.name if is_named() else ""
    form = Form({"name": name, "language": current.language, "timezone": current.timezone})
    if request.method == "POST":
        typed = form.read(request)
        if saved := form.save(
            request, lambda: actions.change(typed, actor=request.user.actor), PAGE, _("Saved. Welcome to your desk.")
        ):
            return saved
    todo = steps()
    shown = {
        "nav": navigation(request), "notices": notices(request), "form": form, "steps": todo,
        "finished": sum(step.done for step in todo), "languages": list(django_settings.LANGUAGES), "zones": zones(),
        "dismissed": not current.first_steps,
    }  # fmt: skip
    return render(request, "desk/start/first_steps.jinja", shown, status=form.status)


@desk(Permission.SETTINGS)
def dismissal(request: DeskRequest) -> HttpResponse:
    """POST takes the first steps out of the menu; POST `again` puts them back."""
    again = "again" in request.POST
    said = _("In the menu again.") if again else _("Gone from the menu. You find them again here, under First steps.")
    to = PAGE if again else "/desk/settings"
    return done(request, to, lambda: actions.change({"first_steps": again}, actor=request.user.actor), said)
