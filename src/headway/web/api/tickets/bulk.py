"""POST /tickets/bulk: one change on many tickets."""

from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from pydantic import Field

from headway.foundation.errors import HeadwayError, Invalid
from headway.people.rules import Permission, Scope
from headway.tickets.models import Ticket
from headway.tickets.queries import version_of, visible_to
from headway.web.api.answers import answer
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Id, Input
from headway.web.api.problems import Refused, is_stale
from headway.web.api.routes import Routes
from headway.web.api.tickets.changes import BulkChanges, apply_more

routes = Routes("Tickets")


class BulkIn(Input):
    """Which tickets, what to change, and what a failure of one means for the others."""

    ticket_ids: Annotated[list[Id], Field(min_length=1, max_length=100)]
    change: BulkChanges
    mode: Annotated[
        Literal["each", "all"], Field(description="each: the others go on; all: then nothing is changed.")
    ] = "each"


@dataclass(slots=True)
class BulkResult:
    """How it went with one ticket: its version now, or why not."""

    id: int
    done: bool
    version: int | None = None
    code: str | None = None
    detail: str | None = None


@dataclass(slots=True)
class BulkOut:
    """How it went, in the order asked for."""

    done: int
    failed: int
    results: list[BulkResult]


@routes.post("/tickets/bulk", Scope.TICKETS_WRITE, Permission.BULK, BulkOut, status=200)
def change_tickets(request: ApiRequest, body: BulkIn) -> HttpResponse:
    """Change up to 100 tickets at once, with a result for each."""
    if not body.change.model_fields_set:
        raise Invalid(_("Say what to change."), field="body.change")
    ids = list(dict.fromkeys(body.ticket_ids))
    # locked in the order of their numbers, so that two of these at once cannot wait for each other
    rows = visible_to(request.agent).filter(pk__in=ids).order_by("pk")
    tickets = {row.pk: row for row in rows}
    by_id = {ticket_id: _one(request, tickets.get(ticket_id), ticket_id, body.change) for ticket_id in sorted(ids)}
    results = [by_id[ticket_id] for ticket_id in ids]
    failed = sum(not result.done for result in results)
    if failed and body.mode == "all":
        undone = [result if not result.done else BulkResult(result.id, False, code="undone") for result in results]
        raise Refused(
            409,
            "bulk_refused",
            _("Nothing was changed: %(failed)d of %(all)d tickets refused it.")
            % {"failed": failed, "all": len(results)},
            results=msgspec.to_builtins(undone),
        )
    return answer(BulkOut(len(results) - failed, failed, results))


def _one(request: ApiRequest, ticket: Ticket | None, ticket_id: int, change: BulkChanges) -> BulkResult:
    if ticket is None:
        missing = _("There is no ticket #%(id)s, or you may not see it.") % {"id": ticket_id}
        return BulkResult(ticket_id, False, code="not_found", detail=missing)
    try:
        with transaction.atomic():
            apply_more(ticket, change, actor=request.actor)
    except HeadwayError as error:
        return BulkResult(ticket_id, False, code="stale" if is_stale(error) else error.code, detail=error.message)
    return BulkResult(ticket_id, True, version=version_of(ticket))
