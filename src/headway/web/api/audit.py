"""The audit of the workspace's own tickets, as the desk shows it and as `headway audit --json` prints it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse

from headway.foundation.errors import Invalid
from headway.insight.actions import auditing
from headway.insight.queries import audits
from headway.insight.rules.question import is_period
from headway.people.rules import Permission, Scope
from headway.settings.queries import spoken
from headway.web.api.answers import answer
from headway.web.api.door import ApiRequest
from headway.web.api.routes import Routes

routes = Routes("Insight")


@dataclass(slots=True)
class AuditOut:
    """How an audit stands. `state`: waiting, running, done, empty or failed; `step` of `steps` while it is computed.

    `through`: everything recorded before it is counted. `audit` is the object that `headway audit --json` prints (see
    its reference page), null until it was computed once; an earlier one stays until a newer is there.
    """

    state: str
    computing: bool
    step: int
    steps: int
    through: datetime | None
    says: str
    audit: dict[str, Any] | None


@routes.get("/audit", Scope.TICKETS_READ, Permission.TEAMS, AuditOut)
def read_audit(request: ApiRequest, period: str = "90", team_id: int | None = None, channel: str = "") -> HttpResponse:
    """What an audit of the tickets that the token's owner sees has found.

    `period` is 30, 90 or 365 (days up to today), all, or two days `2026-01-01/2026-04-01`, the second not part of it.
    Where nothing is known yet `audit` is null, and Retry-After says when to ask again.
    """
    from headway.insight.exported import as_json

    if not is_period(period):
        raise Invalid("A period is 30, 90, 365, all, or like 2026-01-01/2026-04-01.", field="period")
    agent = request.agent
    question = audits.question(agent, period=period, channel=channel[:20], team_id=team_id)
    found = audits.standing(auditing.ask(question, actor=agent.actor), spoken(agent.language))
    exported = None if found.result is None else as_json(found.result)
    waits = exported is None and found.computing
    told = AuditOut(found.state, found.computing, found.step, found.steps, found.through_at, found.says, exported)
    response = answer(told)
    if waits:
        response.headers["Retry-After"] = "2"
    return response
