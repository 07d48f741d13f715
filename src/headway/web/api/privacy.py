"""Privacy: archives, erasures, legal holds, how long things are kept. For administrators' tokens."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from pydantic import Field

from headway.people.queries import customers
from headway.people.rules import Permission, Scope
from headway.privacy.actions import erasing, exporting
from headway.privacy.actions import holds as hold_actions
from headway.privacy.models import Erasure, Export, Hold
from headway.privacy.queries import erasures, exports, holds
from headway.tickets.queries import ticket_for
from headway.web.api.answers import Listed, answer, listed, nothing
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Id, Input, PathId
from headway.web.api.routes import Routes

routes = Routes("Privacy")
ADMIN, MAY = Scope.ADMIN, Permission.PRIVACY


@dataclass(slots=True)
class ExportOut:
    """An archive of all of a customer's data. `state` is running, ready or expired."""

    id: int
    customer_id: int
    state: str
    asked_at: datetime
    ready_at: datetime | None
    expires_at: datetime | None
    size: int
    fetched: int


@dataclass(slots=True)
class ErasureOut:
    """An erasure. `state` is running, stopped, held (waits for a hold to end) or done."""

    id: int
    customer_id: int
    state: str
    asked_at: datetime
    finished_at: datetime | None
    total: int
    removed: int
    redacted: int
    held: int
    mails: int


@dataclass(slots=True)
class LegalHoldOut:
    """What law or contract keeps: a customer, or a ticket. `until` null: until it is lifted."""

    id: int
    customer_id: int | None
    ticket_id: int | None
    reason: str
    until: date | None
    placed_at: datetime


@dataclass(slots=True)
class ErasurePreview:
    """What an erasure would take, counted now."""

    whole: int
    shared: int
    messages: int
    files: int
    mails: int
    identities: int
    held: int
    holds: list[LegalHoldOut]


class ErasureIn(Input):
    """Who is erased, confirmed by their name (or first address, when they have no name)."""

    customer_id: Id
    confirm: Annotated[str, Field(max_length=320)]


class ErasureState(Input):
    """Stop a running erasure, or let a stopped one go on."""

    state: Literal["running", "stopped"]


class ExportIn(Input):
    """Whose data."""

    customer_id: Id


class LegalHoldIn(Input):
    """One of the two, why, and until when (with that day)."""

    customer_id: Id | None = None
    ticket_id: Id | None = None
    reason: Annotated[str, Field(min_length=1, max_length=500)]
    until: date | None = None


@routes.get("/exports", ADMIN, MAY, Listed[ExportOut])
def list_exports(request: ApiRequest) -> HttpResponse:
    """The latest archives."""
    return listed(request, [_export(row) for row in exports.latest()], None)


@routes.post("/exports", ADMIN, MAY, ExportOut)
def ask_export(request: ApiRequest, body: ExportIn) -> HttpResponse:
    """Ask for an archive; a job prepares it."""
    row = exporting.ask(customers.customer_by_id(body.customer_id), actor=request.actor)
    return answer(_export(row), 201, location=f"/exports/{row.pk}")


@routes.get("/exports/{export_id}", ADMIN, MAY, ExportOut)
def read_export(request: ApiRequest, export_id: PathId) -> HttpResponse:
    """How far an archive is."""
    return answer(_export(exports.export_by_id(export_id)))


@routes.get("/exports/{export_id}/archive", ADMIN, MAY, bytes)
def fetch_export(request: ApiRequest, export_id: PathId) -> HttpResponseBase:
    """The archive itself, a ZIP file. Each time is recorded."""
    stream = exporting.fetch(exports.export_by_id(export_id), actor=request.actor)
    return FileResponse(stream, as_attachment=True, filename="customer.zip", content_type="application/zip")


@routes.get("/customers/{customer_id}/erasure-preview", ADMIN, MAY, ErasurePreview)
def preview_erasure(request: ApiRequest, customer_id: PathId) -> HttpResponse:
    """What an erasure of the customer would take. Nothing changes."""
    seen = erasures.preview(customers.customer_by_id(customer_id))
    return answer(
        ErasurePreview(
            seen.whole, seen.shared, seen.messages, seen.files, seen.mails, seen.identities, seen.held,
            [_hold(row) for row in seen.holds],
        )
    )  # fmt: skip


@routes.get("/erasures", ADMIN, MAY, Listed[ErasureOut])
def list_erasures(request: ApiRequest) -> HttpResponse:
    """The latest erasures."""
    return listed(request, [_erasure(row) for row in erasures.latest()], None)


@routes.post("/erasures", ADMIN, MAY, ErasureOut)
def erase_customer(request: ApiRequest, body: ErasureIn) -> HttpResponse:
    """Erase a customer for good. Refused while a hold keeps them."""
    row = erasing.begin(customers.customer_by_id(body.customer_id), typed=body.confirm, actor=request.actor)
    return answer(_erasure(row), 201, location=f"/erasures/{row.pk}")


@routes.get("/erasures/{erasure_id}", ADMIN, MAY, ErasureOut)
def read_erasure(request: ApiRequest, erasure_id: PathId) -> HttpResponse:
    """How far an erasure is."""
    return answer(_erasure(erasures.erasure_by_id(erasure_id)))


@routes.patch("/erasures/{erasure_id}", ADMIN, MAY, ErasureOut)
def change_erasure(request: ApiRequest, erasure_id: PathId, body: ErasureState) -> HttpResponse:
    """Stop an erasure after the portion it is at, or let it go on."""
    row = erasures.erasure_by_id(erasure_id)
    (erasing.stop if body.state == "stopped" else erasing.resume)(row, actor=request.actor)
    return answer(_erasure(erasures.erasure_by_id(erasure_id)))


@routes.get("/holds", ADMIN, MAY, Listed[LegalHoldOut])
def list_holds(request: ApiRequest) -> HttpResponse:
    """What law or contract keeps today."""
    return listed(request, [_hold(row) for row in holds.listed()], None)


@routes.post("/holds", ADMIN, MAY, LegalHoldOut)
def place_hold(request: ApiRequest, body: LegalHoldIn) -> HttpResponse:
    """Keep a customer with everything of theirs, or one ticket."""
    row = hold_actions.place(
        reason=body.reason,
        until=body.until,
        actor=request.actor,
        customer=customers.customer_by_id(body.customer_id) if body.customer_id is not None else None,
        ticket=ticket_for(request.agent, body.ticket_id) if body.ticket_id is not None else None,
    )
    return answer(_hold(row), 201)


@routes.delete("/holds/{hold_id}", ADMIN, MAY)
def lift_hold(request: ApiRequest, hold_id: PathId) -> HttpResponse:
    """End a hold before its time."""
    hold_actions.lift(holds.hold_by_id(hold_id), actor=request.actor)
    return nothing()


def _export(row: Export) -> ExportOut:
    return ExportOut(
        row.pk, row.customer_id, row.state, row.asked_at, row.ready_at, row.expires_at, row.size, row.fetched
    )  # fmt: skip


def _erasure(row: Erasure) -> ErasureOut:
    return ErasureOut(
        row.pk, row.customer_id, row.state, row.asked_at, row.finished_at, row.total, row.removed, row.redacted,
        row.held, row.mails,
    )  # fmt: skip


def _hold(row: Hold) -> LegalHoldOut:
    return LegalHoldOut(row.pk, row.customer_id, row.ticket_id, row.reason, row.until, row.placed_at)
