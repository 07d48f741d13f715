"""The outbox, and mails put aside because they could not be read."""

from dataclasses import dataclass
from typing import Annotated, Literal

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _
from ninja import Body, Query
from pydantic import Field

from headway.foundation import files
from headway.foundation.errors import NotFound
from headway.intake import actions, queries
from headway.intake.models import RawMail
from headway.intake.queries import OutboxRow, Path, Quarantined
from headway.people.rules import Permission, Scope
from headway.web.api.answers import Listed, answer, nothing, paged
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Id, Input, Paging, PathId
from headway.web.api.routes import Routes
from headway.web.api.tickets.saying import message_on

routes = Routes("Mail")

State = Literal["queued", "sending", "sent", "uncertain", "failed", "cancelled"]


class RetriesIn(Input):
    """Which mails to process again: some by id, or all that were put aside for the same reason."""

    ids: Annotated[list[Id], Field(max_length=1000)] = []
    error: Annotated[str, Field(max_length=500, description="As the list shows it.")] | None = None


@dataclass(slots=True)
class RetriesOut:
    """How many mails were taken out of quarantine."""

    count: int


class QuarantineFilter(Paging):
    """Which mails in quarantine."""

    error: Annotated[str, Field(max_length=500, description="Only those put aside for this reason.")] | None = None


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


@routes.get("/tickets/{ticket_id}/messages/{message_id}/path", Scope.TICKETS_READ, Permission.READ, Path)
def read_message_path(request: ApiRequest, ticket_id: PathId, message_id: PathId) -> HttpResponse:
    """How a message came in by mail, and why it is where it is; of one of ours, how a report about it came."""
    return answer(_path(request, ticket_id, message_id))


@routes.get("/tickets/{ticket_id}/messages/{message_id}/source", Scope.TICKETS_READ, Permission.WORK, bytes)
def download_message_source(request: ApiRequest, ticket_id: PathId, message_id: PathId) -> FileResponse:
    """The mail behind a message as it came, its bytes unchanged."""
    return _download(queries.mail_by_id(_path(request, ticket_id, message_id).raw_id))


@routes.get("/quarantine", Scope.ADMIN, Permission.OPERATE, Listed[Quarantined])
def list_quarantine(request: ApiRequest, chosen: Query[QuarantineFilter]) -> HttpResponse:
    """Mails put aside, newest first."""
    return paged(request, queries.quarantined(error=chosen.error, cursor=chosen.cursor, limit=chosen.limit))


@routes.post("/quarantine/retries", Scope.ADMIN, Permission.OPERATE, RetriesOut, status=200)
def process_mails_again(request: ApiRequest, body: Body[RetriesIn]) -> HttpResponse:
    """Take several mails out of quarantine and process them again, a thousand at a time."""
    count = actions.process_many_again(ids=body.ids, error=body.error, actor=request.actor)
    return answer(RetriesOut(count))


@routes.get("/quarantine/{mail_id}", Scope.ADMIN, Permission.OPERATE, bytes)
def download_quarantined_mail(request: ApiRequest, mail_id: PathId) -> FileResponse:
    """The mail as it came, its bytes unchanged."""
    return _download(queries.quarantined_mail(mail_id))


@routes.post("/quarantine/{mail_id}/retries", Scope.ADMIN, Permission.OPERATE, None, status=204)
def process_mail_again(request: ApiRequest, mail_id: PathId) -> HttpResponse:
    """Take the mail out of quarantine and process it again."""
    actions.process_again(queries.quarantined_mail(mail_id), actor=request.actor)
    return nothing()


@routes.delete("/quarantine/{mail_id}", Scope.ADMIN, Permission.OPERATE)
def discard_mail(request: ApiRequest, mail_id: PathId) -> HttpResponse:
    """Give the mail up."""
    actions.discard(queries.quarantined_mail(mail_id), actor=request.actor)
    return nothing()


def _path(request: ApiRequest, ticket_id: int, message_id: int) -> Path:
    found = queries.path_of(message_on(request, ticket_id, message_id))
    if found is None:
        raise NotFound(_("No mail stands behind this message, or its mail was erased."))
    return found


def _download(row: RawMail) -> FileResponse:
    try:
        stream = files.open_blob(row.sha256)
    except FileNotFoundError as error:
        raise NotFound(_("The bytes of this mail are missing from the file store.")) from error
    return FileResponse(
        stream, as_attachment=True, filename=f"mail-{row.pk}.eml", content_type="application/octet-stream"
    )
