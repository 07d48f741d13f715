"""The page on which macros are written."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings as django_settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.errors import HeadwayError, Invalid
from headway.people.models import Team
from headway.people.queries import names, teams
from headway.people.rules import Permission
from headway.tickets import actions
from headway.tickets.actions import Recipe
from headway.tickets.models import Macro
from headway.tickets.queries import macros as queries
from headway.tickets.queries import setup
from headway.tickets.rules.macros import VARIABLES, Changes, Conditions
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.macros import lines
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices
from headway.web.desk.story import channel_words, priority_words
from headway.web.desk.words import number as number_of

PAGE = "/desk/macros"
CHANNELS = ("email", "form", "chat", "phone", "api", "desk")
PRIORITIES = ("low", "normal", "high", "urgent")


@dataclass(frozen=True, slots=True)
class Row:
    """A macro in the list."""

    id: int
    name: str
    shortcut: str
    whose: str
    text: str
    lines: list[str]
    editable: bool


@desk(Permission.NOTE)
def macros(request: DeskRequest) -> HttpResponse:
    """The macros one may use, by name."""
    rows = [
        Row(
            one.pk,
            one.name,
            one.shortcut,
            _("Only you") if one.owner_id else one.team.name if one.team else _("Everybody"),
            one.text or one.note,
            lines(queries.changes_of(one)),
            bool(one.owner_id) or request.user.may(Permission.TEAMS),
        )
        for one in queries.macros(request.user)
    ]
    return render(request, "desk/macros.jinja", {"nav": navigation(request), "rows": rows, "notices": notices(request)})


@desk(Permission.NOTE)
def draft(request: DeskRequest) -> HttpResponse:
    """GET: the form for a new macro. POST writes it; what was typed stays when it is refused."""
    return _form(request, None)


@desk(Permission.NOTE)
def recipe(request: DeskRequest, macro_id: int) -> HttpResponse:
    """GET: the form of one macro. POST changes it; what was typed stays when it is refused."""
    return _form(request, queries.macro_for(request.user, macro_id))


@desk(Permission.NOTE)
def removal(request: DeskRequest, macro_id: int) -> HttpResponse:
    """POST offers a macro no more."""
    found = queries.macro_for(request.user, macro_id)
    said = _("%(name)s is not offered any more.") % {"name": found.name}
    response = done(request, PAGE, lambda: actions.archive_macro(found, actor=request.user.actor), said)
    return _to_the_list() if request.htmx else response


def _form(request: DeskRequest, macro: Macro | None) -> HttpResponse:
    error = ""
    written = _kept(macro) if request.method == "GET" else _typed(request)
    if request.method == "POST":
        try:
            actions.save_macro(macro, recipe=_recipe(written), actor=request.user.actor)
        except HeadwayError as refusal:
            error = refusal.message
        else:
            messages.success(request, _("Saved."))
            return _to_the_list()
    may_share = request.user.may(Permission.TEAMS)
    shown = {
        "macro": macro, "written": written, "error": error, "may_share": may_share, "variables": VARIABLES,
        "whose": [("me", _("Only you"))]
        + ([("all", _("Everybody"))] + [(str(team.id), team.name) for team in names.teams()] if may_share else []),
        "statuses": [(status.pk, status.words) for status in setup.statuses() if status.category != "new"],
        "priorities": [(number, priority_words(word)) for number, word in enumerate(PRIORITIES, 1)],
        "teams": [(team.id, team.name) for team in names.teams()],
        "agents": [("0", _("Whoever uses it"))] + [(agent.id, agent.name) for agent in names.answering()],
        "channels": [(name, channel_words(name)) for name in CHANNELS],
        "languages": list(django_settings.LANGUAGES),
    }  # fmt: skip
    return render(request, "desk/_recipe.jinja", shown, status=422 if error else 200)


def _to_the_list() -> HttpResponse:
    response = HttpResponse()
    response["HX-Redirect"] = PAGE
    return response


def _kept(macro: Macro | None) -> dict[str, Any]:
    """What the form shows of a macro; of a new one, nothing."""
    conditions = queries.conditions_of(macro) if macro else Conditions()
    changes = queries.changes_of(macro) if macro else Changes()
    return {
        "name": macro.name if macro else "",
        "shortcut": macro.shortcut if macro else "",
        "whose": "me" if macro is None or macro.owner_id else str(macro.team_id or "all"),
        "text": macro.text if macro else "",
        "note": macro.note if macro else "",
        "status": _shown(changes.status),
        "priority": _shown(changes.priority),
        "tags": ", ".join(changes.tags),
        "checklist": "\n".join(changes.checklist),
        "team": _shown(changes.team),
        "assignee": _shown(changes.assignee),
        "channels": list(conditions.channels),
        "languages": list(conditions.languages),
        "on_statuses": [str(each) for each in conditions.statuses],
        "on_teams": [str(each) for each in conditions.teams],
    }


def _typed(request: DeskRequest) -> dict[str, Any]:
    """The form as it was sent."""
    lists = ("channels", "languages", "on_statuses", "on_teams")
    return {
        name: request.POST.getlist(name) if name in lists else request.POST.get(name, "").strip("\r\n")
        for name in _kept(None)
    }


def _recipe(written: dict[str, Any]) -> Recipe:
    return Recipe(
        name=written["name"],
        shortcut=written["shortcut"].strip().removeprefix(";"),
        text=written["text"].replace("\r\n", "\n"),
        note=written["note"].replace("\r\n", "\n"),
        personal=written["whose"] == "me",
        team=_team(written["whose"]),
        conditions=Conditions(
            channels=tuple(name for name in written["channels"] if name in CHANNELS),
            languages=tuple(code for code in written["languages"] if code in dict(django_settings.LANGUAGES)),
            statuses=tuple(filter(None, map(number_of, written["on_statuses"]))),
            teams=tuple(filter(None, map(number_of, written["on_teams"]))),
        ),
        changes=Changes(
            status=number_of(written["status"]),
            priority=_priority(written["priority"]),
            tags=tuple(part.strip() for part in written["tags"].split(",") if part.strip()),
            team=number_of(written["team"]),
            assignee=number_of(written["assignee"]),
            checklist=tuple(line.strip() for line in written["checklist"].splitlines() if line.strip()),
        ),
    )


def _team(whose: str) -> Team | None:
    if whose in ("me", "all"):
        return None
    found = next((team for team in teams.teams() if str(team.pk) == whose), None)
    if found is None:
        raise Invalid(_("This team does not exist any more. Choose whose macro it is."), field="whose")
    return found


def _priority(written: str) -> Any:
    return int(written) if written in ("1", "2", "3", "4") else None


def _shown(value: int | None) -> str:
    return "" if value is None else str(value)
