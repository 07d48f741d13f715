"""The workspace: its settings, whether it is held, and jobs that failed for good."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Body
from pydantic import Field

from headway.foundation import pages
from headway.foundation.jobs import letters
from headway.people.rules import Permission, Scope
from headway.settings import actions, queries
from headway.settings.definitions import Settings
from headway.web.api.answers import Listed, answer, listed, nothing, tagged
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Input, Pages, PathId
from headway.web.api.preconditions import guard_settings
from headway.web.api.routes import Routes

routes = Routes("Workspace")


@dataclass(slots=True)
class HoldOut:
    """Whether sending, fetching, webhooks and schedules are off, since when and why."""

    held: bool
    since: datetime | None
    reason: str


@dataclass(slots=True)
class DeadLetterOut:
    """A job that ran out of attempts. Its arguments are ids and numbers."""

    id: int
    name: str
    arguments: dict[str, Any]
    attempts: int
    error: str
    at: datetime | None


_LETTER = [entry.name for entry in fields(DeadLetterOut)]
_MOST_LETTERS = 1000


class HoldIn(Input):
    """Why nothing should leave the workspace."""

    reason: Annotated[str, Field(min_length=1, max_length=200)]


@routes.get("/settings", Scope.ADMIN, Permission.SETTINGS, Settings)
def read_settings(request: ApiRequest) -> HttpResponse:
    """All settings. What each means is in the reference of settings."""
    return answer(queries.current(), version=queries.version())


@routes.patch("/settings", Scope.ADMIN, Permission.SETTINGS, Settings)
def change_settings(request: ApiRequest, body: Body[dict[str, Any]]) -> HttpResponse:
    """Set some settings by name; all of them or none."""
    guard_settings(request)
    after = actions.change(body, actor=request.actor)
    return answer(after, version=queries.version())


@routes.get("/hold", Scope.ADMIN, Permission.OPERATE, HoldOut)
def read_hold(request: ApiRequest) -> HttpResponse:
    """Whether the workspace is held."""
    return tagged(_hold())


@routes.put("/hold", Scope.ADMIN, Permission.OPERATE, HoldOut)
def hold_workspace(request: ApiRequest, body: HoldIn) -> HttpResponse:
    """Stop everything that leaves the workspace."""
    actions.hold(body.reason, actor=request.actor)
    return tagged(_hold())


@routes.delete("/hold", Scope.ADMIN, Permission.OPERATE)
def release_workspace(request: ApiRequest) -> HttpResponse:
    """Let the workspace send and fetch again."""
    actions.release(actor=request.actor)
    return nothing()


@routes.get("/dead-letters", Scope.ADMIN, Permission.OPERATE, Listed[DeadLetterOut])
def list_dead_letters(request: ApiRequest, page: Pages) -> HttpResponse:
    """Jobs that failed for good, newest first, a thousand at most."""
    found = letters.dead_letters(_MOST_LETTERS)
    if page.cursor:
        (last,) = pages.decode(page.cursor, (int,))
        found = [letter for letter in found if letter.id < last]
    rows = [DeadLetterOut(**{name: getattr(letter, name) for name in _LETTER}) for letter in found[: page.limit]]
    return listed(request, rows, pages.encode(rows[-1].id) if len(found) > page.limit else None)


@routes.post("/dead-letters/{job_id}/retries", Scope.ADMIN, Permission.OPERATE, None, status=204)
def retry_dead_letter(request: ApiRequest, job_id: PathId) -> HttpResponse:
    """Put the job back in the queue."""
    letters.retry(job_id)
    return nothing()


@routes.delete("/dead-letters/{job_id}", Scope.ADMIN, Permission.OPERATE)
def discard_dead_letter(request: ApiRequest, job_id: PathId) -> HttpResponse:
    """Delete the job: what it would have done is not done."""
    letters.discard(job_id)
    return nothing()


def _hold() -> HoldOut:
    hold = queries.hold()
    return HoldOut(hold is not None, hold.since if hold else None, hold.reason if hold else "")
