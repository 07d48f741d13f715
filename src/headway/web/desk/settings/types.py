"""Ticket types: kinds of requests, each with the fields that whoever receives it needs."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.people.rules import Permission
from headway.tickets.actions import definitions
from headway.tickets.actions import setup as actions
from headway.tickets.models import Field, TicketType
from headway.tickets.queries import setup
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import notices
from headway.web.desk.settings.archiving import MOST_COUNTED, decided
from headway.web.desk.settings.form import Form

PAGE = "/desk/settings/types"


@desk(Permission.SETTINGS)
def types(request: DeskRequest) -> HttpResponse:
    """The types with the fields each asks for, and those that were archived."""
    shown = {
        "nav": navigation(request),
        "notices": notices(request),
        "types": [
            (one, [field.label for field in setup.in_order(one.fields.all())])
            for one in setup.types().prefetch_related("fields")
        ],
        "archived": setup.archived(TicketType),
    }
    return render(request, "desk/settings/types.jinja", shown)


@desk(Permission.SETTINGS)
def new(request: DeskRequest) -> HttpResponse:
    """GET: the form. POST `name` and `fields` adds a type."""
    return _page(request, None)


@desk(Permission.SETTINGS)
def ticket_type(request: DeskRequest, type_id: int) -> HttpResponse:
    """GET: the form. POST `name` and `fields` changes a type."""
    return _page(request, setup.defined(TicketType, type_id))


archival = decided(
    PAGE,
    lambda pk: setup.defined(TicketType, pk),
    actions.archive_type,
    lambda: _("%(name)s is archived. Bring it back below if you need it."),
)
restoration = decided(
    PAGE, lambda pk: setup.ever_defined(TicketType, pk), definitions.restore, lambda: _("%(name)s is offered again.")
)


def _page(request: DeskRequest, row: TicketType | None) -> HttpResponse:
    offered = list(setup.fields())
    asked = [str(field.pk) for field in setup.in_order(row.fields.all())] if row else []
    form = Form({"name": row.name if row else "", "fields": asked})
    if request.method == "POST":
        typed = form.read(request)

        def save() -> None:
            chosen: list[Field] = [field for field in offered if str(field.pk) in typed["fields"]]
            if row is None:
                actions.define_type(typed["name"], chosen, actor=request.user.actor)
            else:
                actions.edit_type(row, actor=request.user.actor, name=typed["name"], fields=chosen)

        if saved := form.save(request, save, PAGE, _("Saved.")):
            return saved
    shown = {
        "nav": navigation(request), "notices": notices(request), "type": row, "form": form, "fields": offered,
        "used": setup.tickets_with(row, MOST_COUNTED) if row else 0,
    }  # fmt: skip
    return render(request, "desk/settings/type.jinja", shown, status=form.status)
