"""Custom fields: what a workspace wants to know of a ticket beside its text."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid
from headway.people.rules import Permission
from headway.tickets.actions import definitions
from headway.tickets.actions import setup as actions
from headway.tickets.models import Field
from headway.tickets.queries import setup
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices
from headway.web.desk.settings.archiving import MOST_COUNTED, decided
from headway.web.desk.settings.form import Form

PAGE = "/desk/settings/fields"


@desk(Permission.SETTINGS)
def fields(request: DeskRequest) -> HttpResponse:
    """The fields in their order with the types that ask for them, and those that were archived."""
    kinds = list(setup.types().prefetch_related("fields"))
    shown = {
        "nav": navigation(request),
        "notices": notices(request),
        "fields": [(one, [kind.name for kind in kinds if one in kind.fields.all()]) for one in setup.fields()],
        "archived": setup.archived(Field),
    }
    return render(request, "desk/settings/fields.jinja", shown)


@desk(Permission.SETTINGS)
def new(request: DeskRequest) -> HttpResponse:
    """GET: the form. POST `label`, `kind`, `options` (one a line), `required` and `key` adds a field.

    Without a key the label gives it.
    """
    form = Form({"label": "", "kind": "text", "key": "", "options": "", "required": False})
    if request.method == "POST":
        typed = form.read(request)

        def save() -> None:
            key = typed["key"] or slugify(typed["label"]).replace("-", "_")[:40].strip("_")
            if not key and typed["label"]:
                raise Invalid(_("Write a key of the letters a to z: programs call the field by it."), field="key")
            actions.define_field(
                key or "field", typed["kind"], actor=request.user.actor, **_details(typed, typed["kind"])
            )

        if saved := form.save(request, save, PAGE, _("%(name)s is asked for now.") % {"name": typed["label"]}):
            return saved
    return _page(request, None, form)


@desk(Permission.SETTINGS)
def field(request: DeskRequest, field_id: int) -> HttpResponse:
    """GET: the form. POST `label`, `options` and `required` changes a field; its kind and key are for ever."""
    row = setup.defined(Field, field_id)
    form = Form({"label": row.label, "options": "\n".join(row.options), "required": row.required})
    if request.method == "POST":
        typed = form.read(request)
        if saved := form.save(
            request,
            lambda: actions.edit_field(row, actor=request.user.actor, **_details(typed, row.kind)),
            PAGE,
            _("Saved."),
        ):
            return saved
    return _page(request, row, form)


@desk(Permission.SETTINGS)
def position(request: DeskRequest, field_id: int) -> HttpResponse:
    """POST `step` (-1 or 1) moves a field."""
    row = setup.defined(Field, field_id)
    step = -1 if request.POST.get("step") == "-1" else 1
    return done(request, PAGE, lambda: definitions.move_field(row, step, actor=request.user.actor))


archival = decided(
    PAGE,
    lambda pk: setup.defined(Field, pk),
    actions.archive_field,
    lambda: _("%(name)s is archived. What tickets hold of it stays; bring it back below if you need it."),
)
restoration = decided(
    PAGE, lambda pk: setup.ever_defined(Field, pk), definitions.restore, lambda: _("%(name)s is asked for again.")
)


def _details(typed: dict[str, Any], kind: str) -> actions.FieldDetails:
    lines = [line.strip() for line in typed["options"].splitlines() if line.strip()]
    return actions.FieldDetails(
        label=typed["label"], required=typed["required"], options=lines if kind == Field.Kinds.CHOICE else []
    )


def _page(request: DeskRequest, row: Field | None, form: Form) -> HttpResponse:
    shown = {
        "nav": navigation(request), "notices": notices(request), "field": row, "form": form,
        "kinds": Field.Kinds.choices, "used": setup.tickets_with(row, MOST_COUNTED) if row else 0,
    }  # fmt: skip
    return render(request, "desk/settings/field.jinja", shown, status=form.status)
