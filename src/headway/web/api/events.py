"""The journal: a ticket's story, and the audit log of everything."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from headway.events import queries as journal
from headway.events.audit import GROUPS, Sought
from headway.events.models import Entry
from headway.foundation import pages
from headway.people.rules import Permission, Scope
from headway.tickets.queries import ticket_for
from headway.web.api.answers import Listed, listed
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Id, Instant, Pages, Paging, PathId
from headway.web.api.routes import Routes

routes = Routes("Journal")


@dataclass(slots=True)
class EventOut:
    """Something that happened. Every kind and its data are in the reference of events."""

    id: int
    kind: str
    at: datetime
    recorded_at: datetime
    ticket_id: int | None
    subject_kind: str
    subject_id: int
    actor_kind: str
    actor_id: int | None
    cause_id: int | None
    data: dict[str, Any]


COLUMNS = (
    "id", "kind", "at", "recorded_at", "ticket_id", "subject_kind", "subject_id", "actor_kind", "actor_id", "cause_id",
    "data",
)  # fmt: skip


class AuditFilter(Paging):
    """Which entries."""

    group: Annotated[str, Field(pattern="^(" + "|".join(GROUPS) + ")?$", description="What it is about, roughly.")] = ""
    kind: Annotated[str, Field(max_length=60)] = ""
    subject_kind: Annotated[str, Field(max_length=30)] = ""
    subject_id: Id | None = None
    ticket_id: Id | None = None
    actor_id: Annotated[Id | None, Field(description="A person of the team.")] = None
    happened_from: Instant | None = None
    happened_before: Instant | None = None


@routes.get("/tickets/{ticket_id}/events", Scope.TICKETS_READ, Permission.READ, Listed[EventOut])
def list_ticket_events(request: ApiRequest, ticket_id: PathId, page: Pages) -> HttpResponse:
    """What happened to the ticket, newest entry first."""
    ticket = ticket_for(request.agent, ticket_id)
    return _entries(request, journal.of_ticket(ticket.pk), page)


@routes.get("/audit-log", Scope.ADMIN, Permission.OPERATE, Listed[EventOut])
def list_audit_log(request: ApiRequest, chosen: Query[AuditFilter]) -> HttpResponse:
    """Everything that happened in the workspace, newest entry first."""
    sought = Sought(**chosen.dict(exclude={"limit", "cursor"}))
    return _entries(request, sought.apply(Entry.objects.all()), chosen)


def _entries(request: ApiRequest, entries: QuerySet[Entry], page: Paging) -> HttpResponse:
    if page.cursor:
        (last,) = pages.decode(page.cursor, (int,))
        entries = entries.filter(pk__lt=last)
    rows = [EventOut(*values) for values in entries.order_by("-pk").values_list(*COLUMNS)[: page.limit + 1]]
    more = len(rows) > page.limit
    rows = rows[: page.limit]
    return listed(request, rows, pages.encode(rows[-1].id) if more else None)
