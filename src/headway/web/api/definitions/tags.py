"""The tags in use."""

from dataclasses import dataclass
from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Schema
from pydantic import Field as Checked

from headway.people.rules import Permission, Scope
from headway.tickets.queries import setup as queries
from headway.web.api.answers import Listed, listed
from headway.web.api.door import ApiRequest
from headway.web.api.routes import Routes

routes = Routes("Definitions")


@dataclass(slots=True)
class TagOut:
    """A word put on tickets."""

    id: int
    name: str


class TagFilter(Schema):
    """Which tags."""

    start: Annotated[str, Checked(max_length=60, description="How they begin.")] = ""
    limit: Annotated[int, Checked(ge=1, le=100)] = 50


@routes.get("/tags", Scope.TICKETS_READ, Permission.READ, Listed[TagOut])
def list_tags(request: ApiRequest, chosen: Query[TagFilter]) -> HttpResponse:
    """Tags by name."""
    rows = queries.tags(chosen.start, chosen.limit)
    return listed(request, [TagOut(row.pk, row.name) for row in rows], None)
