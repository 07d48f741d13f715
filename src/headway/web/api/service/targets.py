"""How soon responses come, and when one to a given message is due."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Query, Schema
from pydantic import Field

from headway.foundation.clock import now
from headway.people.rules import Permission, Scope
from headway.sla import actions, previews, queries
from headway.sla.models import Target
from headway.web.api.answers import Listed, answer, listed, nothing, tagged
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Id, Input, Instant, PathId, Priority
from headway.web.api.routes import Routes

routes = Routes("Service levels")

Channel = Literal["email", "form", "chat", "phone", "api"]
Minutes = Annotated[int | None, Field(ge=0, le=actions.LONGEST, description="Of open time; null promises nothing.")]
PriorityName = Literal["low", "normal", "high", "urgent"]


@dataclass(slots=True)
class TargetOut:
    """What is promised on a channel ("": any) at a priority (null: any). The most particular one counts."""

    id: int
    channel: str
    priority: int | None
    first_minutes: int | None
    next_minutes: int | None
    calendar_id: int | None


@dataclass(slots=True)
class DueOut:
    """When responses are due; null where nothing is promised."""

    first: datetime | None
    next: datetime | None
    zone: str
    is_open: bool


class TargetIn(Input):
    """What is promised from now on. A target for the same channel and priority is replaced."""

    channel: Channel | Literal[""] = ""
    priority: Priority | None = None
    first_minutes: Minutes = None
    next_minutes: Minutes = None
    calendar_id: Annotated[Id | None, Field(description="null: the default calendar.")] = None


class Asked(Schema):
    """A message that might come."""

    channel: Channel = "email"
    priority: PriorityName = "normal"
    at: Annotated[Instant | None, Field(description="When it comes; now when left out.")] = None


@routes.get("/targets", Scope.TICKETS_READ, Permission.READ, Listed[TargetOut])
def list_targets(request: ApiRequest) -> HttpResponse:
    """The targets by channel and priority."""
    return listed(request, [_out(row) for row in queries.targets()], None)


@routes.put("/targets", Scope.ADMIN, Permission.SETTINGS, TargetOut)
def set_target(request: ApiRequest, body: TargetIn) -> HttpResponse:
    """Promise something for a channel and a priority. Running clocks are counted anew."""
    row = actions.set_target(
        channel=body.channel, priority=body.priority, first_minutes=body.first_minutes, next_minutes=body.next_minutes,
        calendar=queries.calendar_for(body.calendar_id) if body.calendar_id else None, actor=request.actor,
    )  # fmt: skip
    return tagged(_out(row))


@routes.delete("/targets/{target_id}", Scope.ADMIN, Permission.SETTINGS)
def remove_target(request: ApiRequest, target_id: PathId) -> HttpResponse:
    """Leave these tickets to the next more general target."""
    actions.remove_target(queries.target_for(target_id), actor=request.actor)
    return nothing()


@routes.get("/due", Scope.TICKETS_READ, Permission.READ, DueOut)
def preview_due(request: ApiRequest, asked: Query[Asked]) -> HttpResponse:
    """When responses to such a message would be due by the targets in force."""
    found = previews.due(asked.channel, asked.priority, asked.at or now())
    if found is None:
        return answer(DueOut(None, None, "", False))
    return answer(DueOut(found.first, found.next, found.zone, found.is_open))


def _out(row: Target) -> TargetOut:
    return TargetOut(row.pk, row.channel, row.priority, row.first_minutes, row.next_minutes, row.calendar_id)
