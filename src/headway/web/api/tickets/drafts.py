"""What is being written on a ticket: your own draft, and those that others share."""

from dataclasses import dataclass
from typing import Annotated, Literal

from django.http import HttpResponse
from pydantic import Field

from headway.people.rules import Permission, Scope
from headway.tickets import actions
from headway.tickets.actions import Typed
from headway.tickets.queries import ticket_for
from headway.tickets.queries.drafts import Writing, drafts
from headway.web.api.answers import Listed, answer, listed, nothing
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Input, PathId, Text
from headway.web.api.routes import Routes

routes = Routes("Conversation")


class DraftIn(Input):
    """Your draft as it stands. `version` is the one you saw last, 0 for none; `copied` null: nobody has chosen."""

    text: Text
    mode: Literal["reply", "note"] = "reply"
    copied: Annotated[str, Field(max_length=2000)] | None = None
    version: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


@dataclass(slots=True)
class DraftOut:
    """The draft's version now; 0: there is none."""

    version: int


@routes.get("/tickets/{ticket_id}/drafts", Scope.TICKETS_READ, Permission.NOTE, Listed[Writing])
def list_drafts(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """Your own draft on a ticket and those that others share."""
    return listed(request, drafts(request.agent, ticket_for(request.agent, ticket_id)), None)


@routes.put("/tickets/{ticket_id}/draft", Scope.TICKETS_WRITE, Permission.NOTE, DraftOut)
def save_draft(request: ApiRequest, ticket_id: PathId, body: DraftIn) -> HttpResponse:
    """Keep what you are writing. Refused with 412 when it was changed elsewhere since `version`."""
    ticket = ticket_for(request.agent, ticket_id)
    typed = Typed(text=body.text, mode=body.mode, copied=body.copied)
    return answer(DraftOut(actions.save_draft(ticket, typed, actor=request.actor, expected=body.version)))


@routes.delete("/tickets/{ticket_id}/draft", Scope.TICKETS_WRITE, Permission.NOTE)
def discard_draft(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """Throw your draft away."""
    actions.discard_draft(ticket_for(request.agent, ticket_id), actor=request.actor)
    return nothing()
