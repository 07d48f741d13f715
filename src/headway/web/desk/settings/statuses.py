"""Statuses: a workspace's own names within the six fixed categories."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.people.rules import Permission
from headway.tickets.actions import definitions
from headway.tickets.actions import setup as actions
from headway.tickets.models import Status
from headway.tickets.queries import setup
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices
from headway.web.desk.settings.archiving import MOST_COUNTED, decided
from headway.web.desk.settings.form import Form
from headway.web.desk.settings.meanings import meaning

PAGE = "/desk/settings/statuses"


@desk(Permission.SETTINGS)
def statuses(request: DeskRequest) -> HttpResponse:
    """The statuses of each category in their order, and those that were archived."""
    offered = list(setup.statuses())
    shown = {
        "nav": navigation(request),
        "notices": notices(request),
        "categories": [
            (category, label, meaning(category), [one for one in offered if one.category == category])
            for category, label in Status.Categories.choices
        ],
        "archived": setup.archived(Status),
    }
    return render(request, "desk/settings/statuses.jinja", shown)


@desk(Permission.SETTINGS)
def new(request: DeskRequest) -> HttpResponse:
    """GET: the form. POST `name` and `category` adds a status."""
    category = request.GET.get("category", "open")
    form = Form({"name": "", "category": category if category in Status.Categories.values else "open"})
    if request.method == "POST":
        typed = form.read(request)
        said = _("%(name)s is offered now.") % {"name": typed["name"]}
        if saved := form.save(
            request,
            lambda: actions.define_status(typed["name"], typed["category"], actor=request.user.actor),
            PAGE,
            said,
        ):
            return saved
    return _page(request, None, form)


@desk(Permission.SETTINGS)
def status(request: DeskRequest, status_id: int) -> HttpResponse:
    """GET: the form. POST `name` and `is_default` changes a status."""
    row = setup.defined(Status, status_id)
    form = Form({"name": row.name, "is_default": row.is_default})
    if request.method == "POST":
        typed = form.read(request)

        def save() -> None:
            wanted = True if typed["is_default"] or row.is_default else None
            actions.edit_status(row, actor=request.user.actor, name=typed["name"], is_default=wanted)

        if saved := form.save(request, save, PAGE, _("Saved.")):
            return saved
    return _page(request, row, form)


@desk(Permission.SETTINGS)
def position(request: DeskRequest, status_id: int) -> HttpResponse:
    """POST `step` (-1 or 1) moves a status within its category."""
    row = setup.defined(Status, status_id)
    step = -1 if request.POST.get("step") == "-1" else 1
    return done(request, PAGE, lambda: definitions.move_status(row, step, actor=request.user.actor))


archival = decided(
    PAGE,
    lambda pk: setup.defined(Status, pk),
    actions.archive_status,
    lambda: _("%(name)s is archived. Bring it back below if you need it."),
)
restoration = decided(
    PAGE, lambda pk: setup.ever_defined(Status, pk), definitions.restore, lambda: _("%(name)s is offered again.")
)


def _page(request: DeskRequest, row: Status | None, form: Form) -> HttpResponse:
    shown = {
        "nav": navigation(request), "notices": notices(request), "status": row, "form": form,
        "categories": Status.Categories.choices,
        "used": setup.tickets_with(row, MOST_COUNTED) if row else 0,
    }  # fmt: skip
    return render(request, "desk/settings/status.jinja", shown, status=form.status)
