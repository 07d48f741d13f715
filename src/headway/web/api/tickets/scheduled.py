"""Replies that wait for their time: written, changed, sent at once, stopped."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from django.http import HttpResponse
from django.utils.translation import gettext as _
from pydantic import Field

from headway.foundation.errors import Invalid, NotFound
from headway.people.rules import Permission, Scope, identities
from headway.tickets import actions
from headway.tickets.actions import Words
from headway.tickets.models import Scheduled
from headway.tickets.queries import ticket_for
from headway.tickets.queries.scheduled import scheduled_for, waiting_on
from headway.web.api.answers import Listed, answer, listed, nothing
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Category, Id, Input, Instant, PathId, Text
from headway.web.api.preconditions import expected, guard
from headway.web.api.routes import Routes
from headway.web.api.tickets.saying import Uploads, Written
from headway.web.api.tickets.status import status_of
from headway.web.api.uploads import attachments

routes = Routes("Conversation")


class Later(Input):
    """What to say to the customer at `due_at`, and where the ticket stands after it (status_id or category)."""

    text: Text = ""
    due_at: Instant
    copied: Annotated[list[Annotated[str, Field(max_length=320)]], Field(max_length=50)] = []
    status_id: Id | None = None
    category: Category | None = None
    upload_ids: Uploads = []


class Changed(Input):
    """What is new of it. What was said on the ticket until now counts as seen."""

    text: Text | None = None
    due_at: Instant | None = None


@dataclass(slots=True)
class ScheduledOut:
    """A reply that waits. `held_because` says why it did not leave at its time, empty while it waits."""

    id: int
    ticket_id: int
    agent_id: int
    text: str
    copied: list[str]
    status_id: int | None
    due_at: datetime
    written_at: datetime
    held_at: datetime | None
    held_because: str
    files: list[str] = field(default_factory=list)


@routes.get("/tickets/{ticket_id}/scheduled-replies", Scope.TICKETS_READ, Permission.READ, Listed[ScheduledOut])
def list_scheduled_replies(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """The replies that wait on a ticket, the next to leave first."""
    rows = [
        ScheduledOut(
            one.id, one.ticket_id, one.agent_id, one.text, one.copied, one.status_id, one.due_at, one.written_at,
            one.held_at, one.held_because, [file.name for file in one.files],
        )
        for one in waiting_on(ticket_for(request.agent, ticket_id))
    ]  # fmt: skip
    return listed(request, rows, None)


@routes.post("/tickets/{ticket_id}/scheduled-replies", Scope.TICKETS_WRITE, Permission.REPLY, ScheduledOut)
def schedule_reply(request: ApiRequest, ticket_id: PathId, body: Later) -> HttpResponse:
    """Answer the customer later. It is held back if somebody writes on the ticket before."""
    ticket = ticket_for(request.agent, ticket_id)
    guard(request, ticket)
    copied = [identities.email(address) for address in body.copied]
    if None in copied:
        raise Invalid(_("One of these is no email address."), field="body.copied")
    words = Words(
        text=body.text,
        files=attachments(request, body.upload_ids),
        copied=list(dict.fromkeys(address for address in copied if address)),
    )
    status = status_of(body.status_id, body.category)
    row = actions.schedule(ticket, words, body.due_at, actor=request.actor, status=status)
    return answer(_out(row), 201, version=row.ticket.version)


@routes.patch(
    "/tickets/{ticket_id}/scheduled-replies/{scheduled_id}", Scope.TICKETS_WRITE, Permission.REPLY, ScheduledOut
)
def change_scheduled_reply(request: ApiRequest, ticket_id: PathId, scheduled_id: PathId, body: Changed) -> HttpResponse:
    """Change your own reply's words or time. One that was held back waits again."""
    row = _on(request, ticket_id, scheduled_id)
    changed = actions.reschedule(row, actor=request.actor, due=body.due_at, text=body.text, expected=expected(request))
    return answer(_out(changed), version=changed.ticket.version)


@routes.delete("/tickets/{ticket_id}/scheduled-replies/{scheduled_id}", Scope.TICKETS_WRITE, Permission.REPLY)
def stop_scheduled_reply(request: ApiRequest, ticket_id: PathId, scheduled_id: PathId) -> HttpResponse:
    """Stop a reply that waits or was held back, yours or a colleague's: it never leaves."""
    actions.unschedule(_on(request, ticket_id, scheduled_id), actor=request.actor)
    return nothing()


@routes.post(
    "/tickets/{ticket_id}/scheduled-replies/{scheduled_id}/sending", Scope.TICKETS_WRITE, Permission.REPLY, Written
)
def send_scheduled_reply(request: ApiRequest, ticket_id: PathId, scheduled_id: PathId) -> HttpResponse:
    """Send your own reply now, held back or not."""
    row = _on(request, ticket_id, scheduled_id)
    message = actions.send_scheduled(row, actor=request.actor, expected=expected(request))
    out = Written(message.pk, message.ticket_id, message.ticket.version, message.ticket.category)
    location = f"/tickets/{message.ticket_id}/messages/{message.pk}"
    return answer(out, 201, version=message.ticket.version, location=location)


def _on(request: ApiRequest, ticket_id: int, scheduled_id: int) -> Scheduled:
    """A reply that waits on this ticket. Raises NotFound."""
    row = scheduled_for(request.agent, scheduled_id)
    if row.ticket_id != ticket_id:
        raise NotFound(_("This reply does not wait any more: it has left or was stopped."))
    return row


def _out(row: Scheduled) -> ScheduledOut:
    names = list(row.files.order_by("pk").values_list("name", flat=True))
    return ScheduledOut(
        row.pk, row.ticket_id, row.agent_id, row.text, row.copied, row.status_id, row.due_at, row.written_at,
        row.held_at, row.held_because, names,
    )  # fmt: skip
