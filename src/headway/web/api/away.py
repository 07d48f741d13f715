"""Whether the owner of a token is away."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from django.http import HttpResponse
from pydantic import Field

from headway.people.actions import away as actions
from headway.people.models import Agent
from headway.people.rules import Permission, Scope
from headway.web.api.answers import answer
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Input, Instant
from headway.web.api.routes import Routes

routes = Routes("People")


@dataclass(slots=True)
class AwayOut:
    """Whether you are away, since and until when; `idle`: because nobody touched your desk."""

    away: bool
    since: datetime | None
    until: datetime | None
    idle: bool


class AwayIn(Input):
    """Until when you are away."""

    until: Annotated[Instant | None, Field(description="Null: until you come back.")] = None


@routes.get("/me/away", Scope.TICKETS_READ, Permission.READ, AwayOut)
def read_away(request: ApiRequest) -> HttpResponse:
    """Whether you are away."""
    return answer(_out(request.agent))


@routes.put("/me/away", Scope.TICKETS_WRITE, Permission.READ, AwayOut)
def go_away(request: ApiRequest, body: AwayIn) -> HttpResponse:
    """Be away: colleagues see it where they assign, and what concerns you comes by mail, too."""
    return answer(_out(actions.go_away(request.agent, until=body.until, actor=request.actor)))


@routes.delete("/me/away", Scope.TICKETS_WRITE, Permission.READ, AwayOut)
def come_back(request: ApiRequest) -> HttpResponse:
    """Be here again."""
    return answer(_out(actions.come_back(request.agent, actor=request.actor)))


def _out(row: Agent) -> AwayOut:
    if not row.is_away:
        return AwayOut(False, None, None, False)
    return AwayOut(True, row.away_since, row.away_until, row.away_idle)
