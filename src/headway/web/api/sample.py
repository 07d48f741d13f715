"""Sample data: filled in and removed in the background."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse

from headway.people.rules import Permission, Scope
from headway.simulator import actions
from headway.simulator.queries import overview
from headway.web.api.answers import answer, tagged
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Input
from headway.web.api.routes import Routes

routes = Routes("Workspace")


@dataclass(slots=True)
class SampleRun:
    """What was asked for last: `kind` is add or remove, `state` is running, done or failed; tickets `done` of `total`,
    which is 0 until it is known."""

    kind: str
    state: str
    asked_at: datetime
    finished_at: datetime | None
    done: int
    total: int


@dataclass(slots=True)
class SampleData:
    """Whether the workspace holds sample data, and the latest run."""

    present: bool
    run: SampleRun | None


class SampleIn(Input):
    """`beside_real` lets it stand beside real tickets."""

    beside_real: bool = False


@routes.get("/sample-data", Scope.ADMIN, Permission.SETTINGS, SampleData)
def read_sample_data(request: ApiRequest) -> HttpResponse:
    """Whether there is sample data, and how far its filling in or removal is."""
    return tagged(_shown())


@routes.post("/sample-data", Scope.ADMIN, Permission.SETTINGS, SampleData, status=202)
def add_sample_data(request: ApiRequest, body: SampleIn) -> HttpResponse:
    """Fill in ninety days of a company that does not exist, in the background. People who can sign in come along."""
    actions.ask_add(beside_real=body.beside_real, actor=request.actor)
    return answer(_shown(), 202)


@routes.delete("/sample-data", Scope.ADMIN, Permission.SETTINGS, SampleData)
def remove_sample_data(request: ApiRequest) -> HttpResponse:
    """Remove all sample data, in the background. What real tickets speak of stays and becomes real."""
    actions.ask_remove(actor=request.actor)
    return answer(_shown())


def _shown() -> SampleData:
    found = overview()
    row = found.run
    run = SampleRun(row.kind, row.state, row.asked_at, row.finished_at, row.done, row.total) if row else None
    return SampleData(found.present, run)
