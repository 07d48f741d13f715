"""What somebody is writing on a ticket: saved at every pause, shared when they say so."""

from django.http import HttpResponse, JsonResponse

from headway.foundation.errors import Conflict
from headway.people.rules import Permission
from headway.tickets import actions
from headway.tickets.actions import Typed
from headway.tickets.queries import ticket_for
from headway.tickets.queries.drafts import own_draft
from headway.web.desk.acting import changed
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.words import number as number_of


@desk(Permission.NOTE)
def draft(request: DeskRequest, number: int) -> HttpResponse:
    """POST `text`, `mode`, `cc` and the version `expected` saves one's draft; DELETE throws it away.

    Answers with its version; 409 with what stands there when another window has written since.
    """
    ticket = ticket_for(request.user, number)
    if request.method == "DELETE":
        actions.discard_draft(ticket, actor=request.user.actor)
        return JsonResponse({"version": 0})
    given = request.POST
    typed = Typed(text=given.get("text", ""), mode=given.get("mode", "reply"), copied=given.get("cc"))
    try:
        version = actions.save_draft(
            ticket, typed, actor=request.user.actor, expected=number_of(given.get("expected")) or 0
        )
    except Conflict:
        standing = own_draft(request.user, ticket)
        told = {"version": 0, "text": "", "mode": "reply", "cc": None}
        if standing is not None:
            told = {
                "version": standing.version, "text": standing.text, "mode": standing.mode, "cc": standing.copied,
            }  # fmt: skip
        return JsonResponse(told, status=409)
    return JsonResponse({"version": version})


@desk(Permission.NOTE)
def sharing(request: DeskRequest, number: int) -> HttpResponse:
    """POST shows one's draft to everybody who sees the ticket, DELETE to nobody any more."""
    ticket = ticket_for(request.user, number)
    actions.share_draft(ticket, actor=request.user.actor, shared=request.method == "POST")
    return changed(request, number)
