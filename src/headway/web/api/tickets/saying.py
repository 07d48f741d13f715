"""What is said on a ticket: replies, notes, customers' messages written down, held ones admitted."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Annotated

from django.http import HttpResponse
from django.utils.translation import gettext as _
from pydantic import Field

from headway.foundation.errors import NotFound
from headway.people.rules import Permission, Scope
from headway.tickets import actions
from headway.tickets.actions import Words
from headway.tickets.models import Message, Note, Ticket
from headway.tickets.queries import fresh, message_for, note_for, ticket_for
from headway.web.api import known
from headway.web.api.answers import answer
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Category, Id, Input, PathId, Text
from headway.web.api.preconditions import guard
from headway.web.api.routes import Routes
from headway.web.api.tickets.status import status_of
from headway.web.api.uploads import attachments

routes = Routes("Conversation")

Uploads = Annotated[list[Id], Field(max_length=50)]


@dataclass(slots=True)
class Written:
    """What came of something written: its id, the ticket it stands on and that ticket's version."""

    id: int
    ticket_id: int
    ticket_version: int
    category: str


@dataclass(slots=True)
class MessageOut:
    """One message whole. `html` is safe to show in a frame without scripts; the addresses of images on other servers
    stand in `data-remote-src`, so that nothing loads them by itself."""

    id: int
    ticket_id: int
    direction: str
    channel: str
    customer_id: int | None
    agent_id: int | None
    at: datetime
    text: str
    quoted: str
    html: str
    language: str
    automatic: bool
    held: bool
    copied: list[str]


@dataclass(slots=True)
class NoteOut:
    """One private note."""

    id: int
    ticket_id: int
    agent_id: int | None
    at: datetime
    text: str


class Reply(Input):
    """What to say to the customer, and where the ticket stands after it (status_id or category)."""

    text: Text = ""
    status_id: Id | None = None
    category: Category | None = None
    upload_ids: Uploads = []


class NoteIn(Input):
    """What to note for the team. "@" and the name of a person or team mentions them; of two of one name, "@" and the
    address."""

    text: Text = ""
    upload_ids: Uploads = []


class MessageIn(Input):
    """What a customer said elsewhere. Without `customer_id` it is the ticket's own."""

    text: Text
    customer_id: Id | None = None
    upload_ids: Uploads = []


@routes.post("/tickets/{ticket_id}/replies", Scope.TICKETS_WRITE, Permission.REPLY, Written)
def reply_to_ticket(request: ApiRequest, ticket_id: PathId, body: Reply) -> HttpResponse:
    """Answer the customer; the channel sends it. Files are uploaded first."""
    ticket = ticket_for(request.agent, ticket_id)
    guard(request, ticket)
    status = status_of(body.status_id, body.category)
    words = Words(text=body.text, files=attachments(request, body.upload_ids))
    message = actions.reply(ticket, words, actor=request.actor, status=status)
    return _written(message.pk, message.ticket, "messages")


@routes.post("/tickets/{ticket_id}/notes", Scope.TICKETS_WRITE, Permission.NOTE, Written)
def note_on_ticket(request: ApiRequest, ticket_id: PathId, body: NoteIn) -> HttpResponse:
    """Write a private note. It cannot be sent: it is no message."""
    ticket = ticket_for(request.agent, ticket_id)
    guard(request, ticket)
    files = attachments(request, body.upload_ids)
    note = actions.note(ticket, body.text, actor=request.actor, files=files)
    return _written(note.pk, note.ticket, "notes")


@routes.post("/tickets/{ticket_id}/messages", Scope.TICKETS_WRITE, Permission.WORK, Written)
def write_down_message(request: ApiRequest, ticket_id: PathId, body: MessageIn) -> HttpResponse:
    """Write down what a customer said. It may reopen the ticket, or start a linked one: see `ticket_id`."""
    ticket = ticket_for(request.agent, ticket_id)
    guard(request, ticket)
    customer = known.customer(body.customer_id) if body.customer_id else ticket.customer
    words = Words(text=body.text, files=attachments(request, body.upload_ids))
    message = actions.receive(ticket, words, customer=customer, actor=request.actor)
    return _written(message.pk, message.ticket, "messages")


@routes.get("/tickets/{ticket_id}/messages/{message_id}", Scope.TICKETS_READ, Permission.READ, MessageOut)
def read_message(request: ApiRequest, ticket_id: PathId, message_id: PathId) -> HttpResponse:
    """One message with its HTML."""
    row = message_on(request, ticket_id, message_id)
    names = [entry.name for entry in fields(MessageOut)]
    return answer(MessageOut(**{name: getattr(row, name) for name in names}))


@routes.get("/tickets/{ticket_id}/notes/{note_id}", Scope.TICKETS_READ, Permission.READ, NoteOut)
def read_note(request: ApiRequest, ticket_id: PathId, note_id: PathId) -> HttpResponse:
    """One private note."""
    row = note_on(request, ticket_id, note_id)
    return answer(NoteOut(row.pk, row.ticket_id, row.agent_id, row.at, row.text))


@routes.put("/tickets/{ticket_id}/messages/{message_id}/admission", Scope.TICKETS_WRITE, Permission.WORK, Written)
def admit_message(request: ApiRequest, ticket_id: PathId, message_id: PathId) -> HttpResponse:
    """Let a held message take part: it counts as the customer's word from now on."""
    message = message_on(request, ticket_id, message_id)
    guard(request, message.ticket)
    actions.admit(message, actor=request.actor)
    return _written(message.pk, fresh(message.ticket), "messages", status=200)


def message_on(request: ApiRequest, ticket_id: int, message_id: int) -> Message:
    """A message of this ticket. Raises NotFound."""
    row = message_for(request.agent, message_id)
    if row.ticket_id != ticket_id:
        raise NotFound(_("There is no such message, or you may not see it."))
    return row


def note_on(request: ApiRequest, ticket_id: int, note_id: int) -> Note:
    """A note of this ticket. Raises NotFound."""
    row = note_for(request.agent, note_id)
    if row.ticket_id != ticket_id:
        raise NotFound(_("There is no such note, or you may not see it."))
    return row


def _written(row_id: int, ticket: Ticket, noun: str, status: int = 201) -> HttpResponse:
    out = Written(row_id, ticket.pk, ticket.version, ticket.category)
    location = f"/tickets/{ticket.pk}/{noun}/{row_id}" if status == 201 else None
    return answer(out, status, version=ticket.version, location=location)
