"""The outbox, and mails put aside because they could not be read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from headway.foundation import files, pages
from headway.foundation.errors import NotFound
from headway.intake import actions, queries
from headway.intake.models import RawMail
from headway.intake.queries import OutboxRow
from headway.people.rules import Permission, Scope
from headway.web.api.answers import Listed, listed, nothing, paged
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Pages, Paging, PathId
from headway.web.api.routes import Routes
from headway.web.api.tickets.saying import message_on

routes = Routes("Mail")

State = Literal["queued", "sending", "sent", "uncertain", "failed", "cancelled"]


@dataclass(slots=True)
class QuarantinedOut:
    """A mail that could not be processed: how it came, how large it is, what was wrong."""

    id: int
    source: str
    size: int
    error: str
    attempts: int
    stored_at: datetime
    dated: datetime | None


class OutboxFilter(Paging):
    """Which mails."""

    state: Annotated[list[State], Field(description="Left out: all.")] = []


@routes.get("/outbox", Scope.TICKETS_READ, Permission.READ, Listed[OutboxRow])
def list_outbox(request: ApiRequest, chosen: Query[OutboxFilter]) -> HttpResponse:
    """What left or waits to leave on the tickets you may see, newest first."""
    return paged(request, queries.outbox(request.agent, states=chosen.state, cursor=chosen.cursor, limit=chosen.limit))


@routes.post(
    "/tickets/{ticket_id}/messages/{message_id}/retries",
    Scope.TICKETS_WRITE,
    Permission.REPLY,
    None,
    status=204,
)
def send_message_again(request: ApiRequest, ticket_id: PathId, message_id: PathId) -> HttpResponse:
    """Queue once more what failed of a message."""
    actions.send_again(message_on(request, ticket_id, message_id), actor=request.actor)
    return nothing()


@routes.delete("/tickets/{ticket_id}/messages/{message_id}/delivery", Scope.TICKETS_WRITE, Permission.REPLY)
def take_message_back(request: ApiRequest, ticket_id: PathId, message_id: PathId) -> HttpResponse:
    """Stop a message that has not left yet."""
    actions.take_back(message_on(request, ticket_id, message_id), actor=request.actor)
    return nothing()


@routes.get("/quarantine", Scope.ADMIN, Permission.OPERATE, Listed[QuarantinedOut])
def list_quarantine(request: ApiRequest, page: Pages) -> HttpResponse:
    """Mails put aside, newest first."""
    found = RawMail.objects.filter(state=RawMail.States.QUARANTINED)
    if page.cursor:
        (last,) = pages.decode(page.cursor, (int,))
        found = found.filter(pk__lt=last)
    values = found.order_by("-pk").values_list("id", "source", "size", "error", "attempts", "stored_at", "dated")
    rows = [QuarantinedOut(*row) for row in values[: page.limit + 1]]
    more = len(rows) > page.limit
    rows = rows[: page.limit]
    return listed(request, rows, pages.encode(rows[-1].id) if more else None)


@routes.get("/quarantine/{mail_id}", Scope.ADMIN, Permission.OPERATE, bytes)
def download_quarantined_mail(request: ApiRequest, mail_id: PathId) -> FileResponse:
    """The mail as it came, its bytes unchanged."""
    row = _quarantined(mail_id)
    try:
        stream = files.open_blob(row.sha256)
    except FileNotFoundError as error:
        raise NotFound(_("There is no such file.")) from error
    return FileResponse(
        stream, as_attachment=True, filename=f"mail-{row.pk}.eml", content_type="application/octet-stream"
    )


@routes.post("/quarantine/{mail_id}/retries", Scope.ADMIN, Permission.OPERATE, None, status=204)
def process_mail_again(request: ApiRequest, mail_id: PathId) -> HttpResponse:
    """Take the mail out of quarantine and process it again."""
    actions.process_again(_quarantined(mail_id), actor=request.actor)
    return nothing()


@routes.delete("/quarantine/{mail_id}", Scope.ADMIN, Permission.OPERATE)
def discard_mail(request: ApiRequest, mail_id: PathId) -> HttpResponse:
    """Give the mail up."""
    actions.discard(_quarantined(mail_id), actor=request.actor)
    return nothing()


def _quarantined(mail_id: int) -> RawMail:
    row = RawMail.objects.filter(pk=mail_id, state=RawMail.States.QUARANTINED).first()
    if row is None:
        raise NotFound(_("There is no such mail in quarantine."))
    return row
