"""Imports with their reports, and the teams that still answer in their old system."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query, Schema
from pydantic import Field

from headway.moving.actions import plans, starting
from headway.moving.actions.plans import MOST_DAYS, Plan
from headway.moving.queries import reasons, runs
from headway.people.queries import teams
from headway.people.rules import Permission, Scope
from headway.tickets.actions import stays as actions
from headway.tickets.models import Stay
from headway.tickets.queries import stays as queries
from headway.web.api.answers import Listed, answer, listed, nothing, paged
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import IdOrNone, Input, Paging, PathId
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
class ImportProblemOut:
    """What could not be taken (`lost`), or not whole. `place`: a line of the file, or a number within its list."""

    id: int
    kind: str
    key: str
    file: str
    place: int
    reason: str
    detail: str
    lost: bool


class ImportProblemFilter(Paging):
    """Which of them."""

    kind: Annotated[str, Field(max_length=12, description="ticket, message, …")] = ""
    reason: Annotated[str, Field(max_length=200, description="As the import's `reasons` have it.")] = ""


class ReadingIn(Input):
    """How the source is read."""

    source: Annotated[str, Field(max_length=20, description="csv, zendesk, mail, …; empty: recognised.")] = ""
    system: Annotated[str, Field(max_length=40, description="Its name, when you import from several.")] = ""
    zone: Annotated[str, Field(max_length=60, description="Of times that carry none.")] = "UTC"
    link: Annotated[str, Field(max_length=500, description="Where it shows a ticket, with {id} for its number.")] = ""
    columns: Annotated[dict[str, str], Field(max_length=500, description="What the columns of a table hold.")] = {}
    close_after: Annotated[
        int, Field(ge=0, le=MOST_DAYS, description="Of mail: close tickets without a word for so many days.")
    ] = 0


class ImportIn(ReadingIn):
    """What is to be brought."""

    file_name: Annotated[str, Field(max_length=255)] = ""
    address: Annotated[str, Field(max_length=200, description="Like zendesk://acme, instead of a file.")] = ""
    token: Annotated[str, Field(max_length=1000)] = ""


class PieceIn(Schema):
    """Where a piece begins."""

    offset: Annotated[int, Field(ge=0)] = 0


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


@routes.get("/imports/{import_id}/problems", Scope.ADMIN, Permission.SETTINGS, Listed[ImportProblemOut])
def list_import_problems(request: ApiRequest, import_id: PathId, chosen: Query[ImportProblemFilter]) -> HttpResponse:
    """All that could not be taken, or not whole, in the order in which it was found; or those of a kind or reason."""
    run = runs.run_by_id(import_id)
    page = reasons.listed(run, kind=chosen.kind, reason=chosen.reason, cursor=chosen.cursor, limit=chosen.limit)
    return paged(request, page)


@routes.post("/imports", Scope.ADMIN, Permission.SETTINGS, dict[str, Any])
def prepare_import(request: ApiRequest, body: ImportIn) -> HttpResponse:
    """Begin an import: of a file that you send next, piece by piece, or of an old system's `address` with its `token`.

    The token is kept encrypted, and deleted with the upload when all is brought. An address is looked at once, dry.
    """
    plan = _plan(body, address=body.address, token=body.token, file_name=body.file_name)
    run = plans.prepare(plan, actor=request.actor)
    return answer(runs.report_of(run), 201, location=f"/imports/{run.pk}")


@routes.put("/imports/{import_id}/file", Scope.ADMIN, Permission.SETTINGS, dict[str, Any], takes="bytes")
def send_import_file(request: ApiRequest, import_id: PathId, piece: Query[PieceIn]) -> HttpResponse:
    """The next piece of the file as the body, behind the `offset` bytes that are here. Larger files take several."""
    run = plans.receive(runs.run_by_id(import_id), piece.offset, request.body, actor=request.actor)
    return answer(runs.report_of(run))


@routes.post("/imports/{import_id}/check", Scope.ADMIN, Permission.SETTINGS, dict[str, Any], status=202)
def check_import(request: ApiRequest, import_id: PathId, body: ReadingIn) -> HttpResponse:
    """Ask for a dry run: what would come, and what could not. `dry_run` of the import says it when its state is ready.

    Without a `source` it is recognised. Of a table `columns` say what each column holds; ask again with others.
    """
    run = plans.look(runs.run_by_id(import_id), _plan(body), actor=request.actor)
    return answer(runs.report_of(run), 202)


@routes.post("/imports/{import_id}/run", Scope.ADMIN, Permission.SETTINGS, dict[str, Any], status=202)
def start_import(request: ApiRequest, import_id: PathId) -> HttpResponse:
    """Start what was checked, or go on with what was stopped or broke off."""
    return answer(runs.report_of(starting.start(runs.run_by_id(import_id), actor=request.actor)), 202)


@routes.delete("/imports/{import_id}/run", Scope.ADMIN, Permission.SETTINGS, dict[str, Any])
def stop_import(request: ApiRequest, import_id: PathId) -> HttpResponse:
    """Stop it behind the portion it is writing. What was brought stays; start it again to go on."""
    return answer(runs.report_of(starting.stop(runs.run_by_id(import_id), actor=request.actor)))


@routes.delete("/imports/{import_id}", Scope.ADMIN, Permission.SETTINGS)
def discard_import(request: ApiRequest, import_id: PathId) -> HttpResponse:
    """Delete what was uploaded, and the token. What was brought stays."""
    plans.discard(runs.run_by_id(import_id), actor=request.actor)
    return nothing()


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


def _plan(body: ReadingIn, *, address: str = "", token: str = "", file_name: str = "") -> Plan:
    return Plan(
        source=body.source,
        system=body.system,
        zone=body.zone,
        link=body.link,
        columns=body.columns,
        close_after=body.close_after,
        address=address,
        token=token,
        file_name=file_name,
    )


def _out(row: Stay) -> StayOut:
    return StayOut(row.pk, row.system, row.team_id, row.began_at)
