"""What a workspace can change while it runs, as forms made from its definitions."""

from collections.abc import Callable
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
from headway.web.desk.door import DeskRequest, Open, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import notices
from headway.web.desk.settings.form import Form
from headway.web.desk.settings.labels import LABELS
from headway.web.desk.settings.zones import zones


@dataclass(frozen=True, slots=True)
class Entry:
    """One setting as a field: kind is text, number, check, list, choice or zone."""

    name: str
    label: str
    hint: str
    kind: str
    choices: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the settings on a page of their own."""

    href: str
    title: str
    lead: str


def page_of(group: str) -> Open[[]]:
    """The view of one group. GET: the form. POST: changes what differs; nothing when something is wrong."""

    @desk(Permission.SETTINGS)
    def view(request: DeskRequest) -> HttpResponse:
        page, entries = _PAGES[group](), [_entry(name) for name in LABELS[group]]
        form = Form(_shown(settings.current(), entries))
        if request.method == "POST":
            typed = form.read(request)
            verb = _changing(entries, typed, request)
            if saved := form.save(request, verb, page.href, _("Saved. It counts at once, for everybody.")):
                return saved
        shown = {
            "nav": navigation(request), "notices": notices(request), "page": page, "entries": entries, "form": form,
            "zones": zones(),
        }  # fmt: skip
        return render(request, "desk/settings/workspace.jinja", shown, status=form.status)

    return view


def _entry(name: str) -> Entry:
    known = {field.name: field for field in fields(Settings)}[name]
    label = next(labels[name] for labels in LABELS.values() if name in labels)
    return Entry(
        name, label(), _(known.metadata["doc"]), _kind(name, getattr(Settings(), name)),
        list(django_settings.LANGUAGES) if name == "language" else [],
    )  # fmt: skip


def _kind(name: str, value: Any) -> str:
    if name in ("language", "timezone"):
        return {"language": "choice", "timezone": "zone"}[name]
    if isinstance(value, bool):
        return "check"
    if isinstance(value, int):
        return "number"
    return "list" if isinstance(value, tuple | list) else "text"


def _shown(current: Settings, entries: list[Entry]) -> dict[str, Any]:
    """The values as their fields hold them: all but yes and no are texts."""
    values = asdict(current)
    return {
        entry.name: ", ".join(values[entry.name])
        if entry.kind == "list"
        else values[entry.name]
        if entry.kind == "check"
        else str(values[entry.name])
        for entry in entries
    }


def _changing(entries: list[Entry], typed: dict[str, Any], request: DeskRequest) -> Callable[[], object]:
    def change() -> None:
        actions.change({entry.name: _value(entry, typed[entry.name]) for entry in entries}, actor=request.user.actor)

    return change


def _value(entry: Entry, written: Any) -> Any:
    match entry.kind:
        case "number":
            if not written.isdecimal() or len(written) > 9:
                told = _("%(name)s is a whole number, like 14.") % {"name": entry.label}
                raise Invalid(told, field=entry.name)
            return int(written)
        case "list":
            return [part.strip() for part in written.split(",") if part.strip()]
    return written


_PAGES: dict[str, Callable[[], Page]] = {
    "general": lambda: Page(
        "/desk/settings", _("General"), _("What the workspace is called, and in which language and zone it lives.")
    ),
    "sending": lambda: Page(
        "/desk/settings/sending", _("Sending and files"), _("What may leave, how much of it, and how long it can wait.")
    ),
    "access": lambda: Page(
        "/desk/settings/access", _("Signing in"), _("How people and programs get in, and for how long.")
    ),
    "audit": lambda: Page(
        "/desk/settings/audit",
        _("Audit"),
        _("What the audit needs to speak of money and capacity, and how its estimate of working time is calibrated."),
    ),
    "reopening": lambda: Page(
        "/desk/settings/reopening",
        _("Reopening and aging"),
        _("What becomes of tickets by themselves: reopened by an answer, reminded of, solved and closed in time."),
    ),
}

general, sending, access, audit, reopening = (page_of(group) for group in LABELS)
