"""What came from other systems: imports with their reports, and which teams still answer there."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.moving.queries import runs
from headway.moving.sources.kinds import MAIL
from headway.people.queries import teams
from headway.people.rules import Permission
from headway.tickets.actions import stays as actions
from headway.tickets.queries import stays
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices
from headway.web.desk.settings.import_reasons import because
from headway.web.desk.settings.import_words import (
    counted,
    field_choices,
    metrics,
    part_words,
    phase,
    rehearsed,
    source_choices,
    state_words,
)
from headway.web.desk.settings.zones import zones
from headway.web.desk.words import number as number_of

PAGE = "/desk/settings/imports"


@desk(Permission.SETTINGS)
def imports(request: DeskRequest) -> HttpResponse:
    """The imports, newest first, and where each team answers. POST `system` and `team` lets a team answer there."""
    if request.method == "POST":
        system, number = request.POST.get("system", ""), number_of(request.POST.get("team"))

        def begin() -> None:
            actions.stay(system, teams.team_by_id(number) if number else None, actor=request.user.actor)

        return done(request, PAGE, begin, _("These tickets are answered there now, and only read here."))
    found = list(runs.latest())
    shown = {
        "nav": navigation(request), "notices": notices(request),
        "runs": [(run, state_words(run), runs.is_whole(run)) for run in found],
        # mail lived in no system where a team could go on answering it
        "homes": stays.homes(sorted({run.system for run in found if run.system and run.source != MAIL})),
    }  # fmt: skip
    return render(request, "desk/settings/imports.jinja", shown)


@desk(Permission.SETTINGS)
def report(request: DeskRequest, import_id: int) -> HttpResponse:
    """One import: what would come, how far it is, or whether it is whole and how our figures compare."""
    run = runs.run_by_id(import_id)
    told = runs.report_of(run)
    shown = {
        "nav": navigation(request), "notices": notices(request), "run": run, "told": told, "rows": counted(told),
        "metrics": metrics(told), "state": state_words(run), "phase": phase(run), "dry": rehearsed(run),
        "because": because(told["reasons"], f"{PAGE}/{run.pk}/problems"),
        "unread": because(run.told.get("reasons", ()), ""),
        "part": part_words(run), "fields": field_choices(), "sources": source_choices(), "zones": zones(),
        "busy": run.state in runs.ACTIVE,
    }  # fmt: skip
    return render(request, "desk/settings/import.jinja", shown)


@desk(Permission.SETTINGS)
def ending(request: DeskRequest, stay_id: int) -> HttpResponse:
    """POST moves a team over."""
    stay = stays.stay_by_id(stay_id)
    said = _("These tickets are answered here now. Later imports leave them as they are.")
    return done(request, PAGE, lambda: actions.move_over(stay, actor=request.user.actor), said)
