"""Addresses nothing is sent to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from headway.intake.models import Suppression
from headway.intake.suppression import actions, queries
from headway.people.rules import Permission, Scope
from headway.web.api.answers import Listed, answer, nothing, paged
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Input, Paging, PathId
from headway.web.api.routes import Routes

routes = Routes("Mail")


@dataclass(slots=True)
class SuppressionOut:
    """A suppressed address. `reason` is bounced, complained or asked; the message is what came back."""

    id: int
    address: str
    reason: str
    since: datetime
    message_id: int | None
    ticket_id: int | None


class SuppressionFilter(Paging):
    """Which addresses."""

    q: Annotated[str, Field(max_length=320, description="A part of the address.")] = ""


class SuppressionIn(Input):
    """An address to write to no more."""

    address: Annotated[str, Field(max_length=320)]


@routes.get("/suppressions", Scope.CUSTOMERS_READ, Permission.READ, Listed[SuppressionOut])
def list_suppressions(request: ApiRequest, chosen: Query[SuppressionFilter]) -> HttpResponse:
    """Addresses nothing is sent to, the newest first."""
    return paged(request, queries.listed(search=chosen.q, cursor=chosen.cursor, limit=chosen.limit))


@routes.post("/suppressions", Scope.ADMIN, Permission.OPERATE, SuppressionOut)
def suppress_address(request: ApiRequest, body: SuppressionIn) -> HttpResponse:
    """Send nothing to an address any more. One that is suppressed already keeps its reason."""
    row = actions.suppress(body.address, Suppression.Reasons.ASKED, actor=request.actor)
    ticket_id = row.message.ticket_id if row.message else None
    return answer(SuppressionOut(row.pk, row.address, row.reason, row.since, row.message_id, ticket_id), 201)


@routes.delete("/suppressions/{suppression_id}", Scope.ADMIN, Permission.OPERATE)
def restore_address(request: ApiRequest, suppression_id: PathId) -> HttpResponse:
    """Write to the address again."""
    actions.restore(queries.one(suppression_id), actor=request.actor)
    return nothing()
