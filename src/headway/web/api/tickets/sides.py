"""Side conversations: with suppliers and engineers, beside the ticket; its customer sees nothing of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _
from pydantic import Field

from headway.foundation.errors import NotFound
from headway.people.rules import Permission, Scope
from headway.tickets import actions
from headway.tickets.actions import Words
from headway.tickets.models import SideConversation
from headway.tickets.queries import ticket_for
from headway.tickets.queries.sides import (
    SideRow,
    SideTurn,
    side_file_for,
    side_for,
    side_message_for,
    side_turns,
    sides_of,
)
from headway.web.api.answers import Listed, answer, listed
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Id, Input, PathId, Subject, Text
from headway.web.api.routes import Routes
from headway.web.api.tickets.files import sent_file
from headway.web.api.tickets.saying import Uploads
from headway.web.api.uploads import attachments

routes = Routes("Side conversations")

Quotes = Annotated[list[Id], Field(max_length=100)]
_ONE = "/tickets/{ticket_id}/side-conversations/{side_id}"


class SideIn(Input):
    """To whom and what; of the ticket they get the messages in `quote_message_ids` and nothing else."""

    to: Annotated[list[Annotated[str, Field(max_length=320)]], Field(max_length=20)]
    subject: Subject
    text: Text
    quote_message_ids: Quotes = []
    upload_ids: Uploads = []


class SideReply(Input):
    """What to write to everybody in it."""

    text: Text
    quote_message_ids: Quotes = []
    upload_ids: Uploads = []


@dataclass(slots=True)
class SideOut:
    """A side conversation whole, what was said oldest first."""

    id: int
    ticket_id: int
    subject: str
    people: list[str]
    started_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    messages: list[SideTurn]


@routes.get("/tickets/{ticket_id}/side-conversations", Scope.TICKETS_READ, Permission.READ, Listed[SideRow])
def list_side_conversations(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """Those of a ticket: what was answered first, closed ones at the end."""
    return listed(request, sides_of(ticket_for(request.agent, ticket_id)), None)


@routes.post("/tickets/{ticket_id}/side-conversations", Scope.TICKETS_WRITE, Permission.REPLY, SideOut)
def start_side_conversation(request: ApiRequest, ticket_id: PathId, body: SideIn) -> HttpResponse:
    """Write to somebody about a ticket, by mail. Their answers join this conversation and never the customer's."""
    ticket = ticket_for(request.agent, ticket_id)
    words = Words(text=body.text, files=attachments(request, body.upload_ids))
    message = actions.start_side(
        ticket, body.to, body.subject, words, actor=request.actor, quote=body.quote_message_ids
    )
    location = f"/tickets/{ticket.pk}/side-conversations/{message.side_id}"
    return answer(_out(message.side), 201, location=location)


@routes.get(_ONE, Scope.TICKETS_READ, Permission.READ, SideOut)
def read_side_conversation(request: ApiRequest, ticket_id: PathId, side_id: PathId) -> HttpResponse:
    """One with all that was said in it."""
    return answer(_out(_on(request, ticket_id, side_id)))


@routes.post(_ONE + "/messages", Scope.TICKETS_WRITE, Permission.REPLY, SideOut)
def write_in_side_conversation(
    request: ApiRequest, ticket_id: PathId, side_id: PathId, body: SideReply
) -> HttpResponse:
    """Write again to everybody in it."""
    side = _on(request, ticket_id, side_id)
    words = Words(text=body.text, files=attachments(request, body.upload_ids))
    message = actions.answer_side(side, words, actor=request.actor, quote=body.quote_message_ids)
    return answer(_out(message.side), 201)


@routes.put(_ONE + "/closure", Scope.TICKETS_WRITE, Permission.WORK, SideOut)
def close_side_conversation(request: ApiRequest, ticket_id: PathId, side_id: PathId) -> HttpResponse:
    """It is over. An answer opens it again."""
    return answer(_out(actions.close_side(_on(request, ticket_id, side_id), actor=request.actor)))


@routes.delete(_ONE + "/closure", Scope.TICKETS_WRITE, Permission.WORK, SideOut)
def reopen_side_conversation(request: ApiRequest, ticket_id: PathId, side_id: PathId) -> HttpResponse:
    """It goes on."""
    return answer(_out(actions.reopen_side(_on(request, ticket_id, side_id), actor=request.actor)))


@routes.put("/tickets/{ticket_id}/side-messages/{message_id}/admission", Scope.TICKETS_WRITE, Permission.WORK, SideOut)
def admit_side_message(request: ApiRequest, ticket_id: PathId, message_id: PathId) -> HttpResponse:
    """Let a held message in: its writer takes part from now on."""
    message = side_message_for(request.agent, message_id)
    side = _on(request, ticket_id, message.side_id)
    actions.admit_side(message, actor=request.actor)
    return answer(_out(_on(request, ticket_id, side.pk)))


@routes.get(
    "/tickets/{ticket_id}/side-messages/{message_id}/files/{file_id}", Scope.TICKETS_READ, Permission.READ, bytes
)
def download_side_file(request: ApiRequest, ticket_id: PathId, message_id: PathId, file_id: PathId) -> FileResponse:
    """An attachment there, its bytes unchanged."""
    row = side_file_for(request.agent, message_id, file_id)
    return sent_file(row if row.message.side.ticket_id == ticket_id else None)


def _on(request: ApiRequest, ticket_id: int, side_id: int) -> SideConversation:
    """A side conversation of this ticket. Raises NotFound."""
    row = side_for(request.agent, side_id)
    if row.ticket_id != ticket_id:
        raise NotFound(_("There is no such side conversation, or you may not see it."))
    return row


def _out(side: SideConversation) -> SideOut:
    return SideOut(
        side.pk, side.ticket_id, side.subject, side.people, side.started_at, side.answered_at, side.closed_at,
        side_turns(side),
    )  # fmt: skip
