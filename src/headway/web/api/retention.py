"""Rules of how long things are kept. For administrators' tokens."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpResponse
from pydantic import Field

from headway.people.rules import Permission, Scope
from headway.privacy.actions import retention as actions
from headway.privacy.models import Rule
from headway.privacy.queries import retention as queries
from headway.web.api import known
from headway.web.api.answers import Listed, answer, listed, nothing
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Id, Input, Name, PathId
from headway.web.api.routes import Routes

routes = Routes("Privacy")
ADMIN, MAY = Scope.ADMIN, Permission.PRIVACY


@dataclass(slots=True)
class RuleOut:
    """A rule. `scope` is tickets, files (attachments and raw mails of tickets) or quarantine."""

    id: int
    name: str
    scope: str
    days: int
    category: str
    brand_id: int | None
    type_id: int | None
    enabled: bool


@dataclass(slots=True)
class DryRunOut:
    """What the rule would erase now: how many, of when the oldest is, the first few, and how many a hold keeps."""

    count: int
    oldest: datetime | None
    first: list[int]
    held: int


@dataclass(slots=True)
class RunOut:
    """What the rule did one night."""

    at: datetime
    erased: int
    held: int


class RuleIn(Input):
    """A new rule, switched off."""

    name: Name
    scope: Literal["tickets", "files", "quarantine"]
    days: Annotated[int, Field(ge=30, le=36_500)]
    category: Literal["solved", "closed"] = "closed"
    brand_id: Id | None = None
    type_id: Id | None = None


class RuleChange(Input):
    """On or off."""

    enabled: bool


@routes.get("/retention-rules", ADMIN, MAY, Listed[RuleOut])
def list_retention_rules(request: ApiRequest) -> HttpResponse:
    """The rules there are."""
    return listed(request, [_out(row) for row in queries.rules()], None)


@routes.post("/retention-rules", ADMIN, MAY, RuleOut)
def make_retention_rule(request: ApiRequest, body: RuleIn) -> HttpResponse:
    """A new rule. It erases nothing before it is switched on."""
    row = actions.define(
        name=body.name, scope=body.scope, days=body.days, category=body.category, actor=request.actor,
        brand=known.brand(body.brand_id) if body.brand_id is not None else None,
        kind=known.ticket_type(body.type_id) if body.type_id is not None else None,
    )  # fmt: skip
    return answer(_out(row), 201)


@routes.patch("/retention-rules/{rule_id}", ADMIN, MAY, RuleOut)
def switch_retention_rule(request: ApiRequest, rule_id: PathId, body: RuleChange) -> HttpResponse:
    """Let the rule run every night, or no more."""
    return answer(_out(actions.switch(queries.rule_by_id(rule_id), on=body.enabled, actor=request.actor)))


@routes.delete("/retention-rules/{rule_id}", ADMIN, MAY)
def remove_retention_rule(request: ApiRequest, rule_id: PathId) -> HttpResponse:
    """The rule is used no more."""
    actions.archive(queries.rule_by_id(rule_id), actor=request.actor)
    return nothing()


@routes.get("/retention-rules/{rule_id}/dry-run", ADMIN, MAY, DryRunOut)
def dry_run_retention_rule(request: ApiRequest, rule_id: PathId) -> HttpResponse:
    """What the rule would erase now. Nothing changes."""
    dry = queries.dry_run(queries.rule_by_id(rule_id))
    return answer(DryRunOut(dry.count, dry.oldest, list(dry.first), dry.held))


@routes.get("/retention-rules/{rule_id}/runs", ADMIN, MAY, Listed[RunOut])
def list_retention_runs(request: ApiRequest, rule_id: PathId) -> HttpResponse:
    """What the rule did, the latest night first."""
    rows = [RunOut(run.at, run.erased, run.held) for run in queries.runs(queries.rule_by_id(rule_id))]
    return listed(request, rows, None)


def _out(row: Rule) -> RuleOut:
    return RuleOut(
        row.pk, row.name, row.scope, row.days, row.category, row.brand_id, row.type_id, row.enabled_at is not None
    )  # fmt: skip
