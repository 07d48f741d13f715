"""Imports with their reports, and the teams that still answer in their old system."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from pydantic import Field

from headway.moving.queries import runs
from headway.people.queries import teams
from headway.people.rules import Permission, Scope
from headway.tickets.actions import stays as actions
from headway.tickets.models import Stay
from headway.tickets.queries import stays as queries
from headway.web.api.answers import Listed, answer, listed, nothing
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import IdOrNone, Input, PathId
from headway.web.api.routes import Routes

routes = Routes("Imports")


@dataclass(slots=True)
class ImportOut:
    """An import. `whole`: it ended, and all that its source holds is here or reported."""

    id: int
    source: str
    system: str
    state: str
    started_at: datetime
    finished_at: datetime | None
    whole: bool
    counts: dict[str, Any]


@dataclass(slots=True)
class StayOut:
    """A team that answers in the system its tickets came from. Without a team: tickets that have none."""

    id: int
    system: str
    team_id: int | None
    began_at: datetime


class StayIn(Input):
    """Which team, of which system. 0: tickets without a team."""

    system: Annotated[str, Field(max_length=40, description="As the import is named: zendesk.")]
    team_id: IdOrNone


@routes.get("/imports", Scope.ADMIN, Permission.SETTINGS, Listed[ImportOut])
def list_imports(request: ApiRequest) -> HttpResponse:
    """The last imports, newest first."""
    rows = [
        ImportOut(
            run.pk, run.source, run.system, run.state, run.started_at, run.finished_at, runs.is_whole(run), run.counts
        )
        for run in runs.latest()
    ]
    return listed(request, rows, None)


@routes.get("/imports/{import_id}", Scope.ADMIN, Permission.SETTINGS, dict[str, Any])
def get_import(request: ApiRequest, import_id: PathId) -> HttpResponse:
    """An import's whole report: counts, what could not be taken, differing figures, rules kept to be read."""
    return answer(runs.report_of(runs.run_by_id(import_id)))


@routes.get("/stays", Scope.TICKETS_READ, Permission.READ, Listed[StayOut])
def list_stays(request: ApiRequest) -> HttpResponse:
    """The teams that still answer in their old system."""
    return listed(request, [_out(row) for row in queries.stays()], None)


@routes.post("/stays", Scope.ADMIN, Permission.SETTINGS, StayOut)
def begin_stay(request: ApiRequest, body: StayIn) -> HttpResponse:
    """Let a team answer in its old system: its tickets from there are only read here."""
    team = teams.team_by_id(body.team_id) if body.team_id else None
    return answer(_out(actions.stay(body.system, team, actor=request.actor)), 201)


@routes.delete("/stays/{stay_id}", Scope.ADMIN, Permission.SETTINGS)
def end_stay(request: ApiRequest, stay_id: PathId) -> HttpResponse:
    """Move the team over: it answers here from now on, and imports leave its tickets as they are."""
    actions.move_over(queries.stay_by_id(stay_id), actor=request.actor)
    return nothing()


def _out(row: Stay) -> StayOut:
    return StayOut(row.pk, row.system, row.team_id, row.began_at)
