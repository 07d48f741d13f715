"""What a workspace can change while it runs, as a form made from its definitions."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from django.conf import settings as django_settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid
from headway.people.rules import Permission
from headway.settings import actions
from headway.settings import queries as settings
from headway.settings.definitions import Settings
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices


@dataclass(frozen=True, slots=True)
class Entry:
    """One setting as a field: kind is text, number, check, list or choice."""

    name: str
    label: str
    hint: str
    kind: str
    value: Any
    choices: list[tuple[str, str]]


@desk(Permission.SETTINGS)
def workspace(request: DeskRequest) -> HttpResponse:
    """GET: the form. POST: changes what differs; nothing when something is wrong."""
    if request.method == "POST":
        return done(request, "/desk/settings", lambda: _change(request), _("Saved."))
    shown = {"nav": navigation(request), "entries": entries(settings.current()), "notices": notices(request)}
    return render(request, "desk/settings.jinja", shown)


def entries(current: Settings) -> list[Entry]:
    """Every setting, in the order of its definition."""
    values = asdict(current)
    return [
        Entry(
            name=entry.name,
            label=entry.name.replace("_", " ").capitalize(),
            hint=_(entry.metadata["doc"]),
            kind=_kind(entry.name, values[entry.name]),
            value=", ".join(values[entry.name]) if isinstance(values[entry.name], tuple | list) else values[entry.name],
            choices=list(django_settings.LANGUAGES) if entry.name == "language" else [],
        )
        for entry in fields(Settings)
    ]


def _kind(name: str, value: Any) -> str:
    if name == "language":
        return "choice"
    if isinstance(value, bool):
        return "check"
    if isinstance(value, int):
        return "number"
    return "list" if isinstance(value, tuple | list) else "text"


def _change(request: DeskRequest) -> None:
    values: dict[str, Any] = {}
    for entry in entries(settings.current()):
        written = request.POST.get(entry.name, "").strip()
        match entry.kind:
            case "check":
                values[entry.name] = entry.name in request.POST
            case "number":
                if not written.lstrip("-").isdecimal():
                    raise Invalid(_("%(name)s must be a number.") % {"name": entry.label}, field=entry.name)
                values[entry.name] = int(written)
            case "list":
                values[entry.name] = [part.strip() for part in written.split(",") if part.strip()]
            case _:
                values[entry.name] = written
    actions.change(values, actor=request.user.actor)
