"""Sender rules: whose mail is suspected spam, and whose never is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from headway.intake.models import SenderRule
from headway.intake.spam import actions, queries
from headway.people.rules import Permission, Scope
from headway.web.api.answers import Listed, answer, nothing, paged
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Input, Paging, PathId
from headway.web.api.routes import Routes

routes = Routes("Mail")

Verdict = Literal["suspect", "allow"]


@dataclass(slots=True)
class SenderRuleOut:
    """A rule. `sender` is an address or a domain. `origin`: marked, restored, several (addresses of the domain were
    marked) or added; `matches` counts tickets that began by it."""

    id: int
    sender: str
    verdict: str
    origin: str
    since: datetime
    agent_id: int | None
    agent: str | None
    ticket_id: int | None
    matches: int
    matched_at: datetime | None
    removed_at: datetime | None


class SenderRuleFilter(Paging):
    """Which rules."""

    show: Annotated[Literal["suspect", "allow", "removed"], Field(description="In force, or removed.")] = "suspect"
    q: Annotated[str, Field(max_length=254, description="A part of the sender.")] = ""


class SenderRuleIn(Input):
    """An address or a domain, and what to think of its mail."""

    sender: Annotated[str, Field(max_length=320)]
    verdict: Verdict = "suspect"


@routes.get("/sender-rules", Scope.CUSTOMERS_READ, Permission.WORK, Listed[SenderRuleOut])
def list_sender_rules(request: ApiRequest, chosen: Query[SenderRuleFilter]) -> HttpResponse:
    """Rules about senders, the newest first."""
    page = queries.listed(chosen.show, search=chosen.q, cursor=chosen.cursor, limit=chosen.limit)
    return paged(request, page)


@routes.post("/sender-rules", Scope.ADMIN, Permission.SETTINGS, SenderRuleOut)
def add_sender_rule(request: ApiRequest, body: SenderRuleIn) -> HttpResponse:
    """Suspect an address or a domain, or never suspect it. One that says so already stays as it is."""
    return answer(_out(actions.add(body.sender, body.verdict, actor=request.actor)), 201)


@routes.delete("/sender-rules/{sender_rule_id}", Scope.ADMIN, Permission.SETTINGS)
def remove_sender_rule(request: ApiRequest, sender_rule_id: PathId) -> HttpResponse:
    """Take the rule out of force."""
    actions.remove(queries.one(sender_rule_id), actor=request.actor)
    return nothing()


@routes.post("/sender-rules/{sender_rule_id}/restoration", Scope.ADMIN, Permission.SETTINGS, SenderRuleOut, status=200)
def put_sender_rule_back(request: ApiRequest, sender_rule_id: PathId) -> HttpResponse:
    """Put a removed rule back in force."""
    actions.put_back(queries.one(sender_rule_id), actor=request.actor)
    return answer(_out(queries.one(sender_rule_id)))


def _out(rule: SenderRule) -> SenderRuleOut:
    return SenderRuleOut(
        id=rule.pk,
        sender=rule.pattern,
        verdict=str(rule.verdict),
        origin=str(rule.origin),
        since=rule.since,
        agent_id=rule.agent_id,
        agent=rule.agent.name if rule.agent else None,
        ticket_id=rule.ticket_id,
        matches=rule.matches,
        matched_at=rule.matched_at,
        removed_at=rule.removed_at,
    )
