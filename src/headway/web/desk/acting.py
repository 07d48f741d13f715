"""What every change at the desk goes through: find the ticket, act, show what is new, keep what was typed."""

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from headway.foundation.errors import Conflict
from headway.tickets.models import Ticket
from headway.tickets.queries import ticket_for
from headway.web.desk.door import DeskRequest
from headway.web.desk.responses import announce, toast
from headway.web.desk.screen import screen
from headway.web.desk.timeline import Seen
from headway.web.desk.words import number as number_of

Act = Callable[[Ticket, int | None], object]


def act(
    request: DeskRequest, number: int, verb: Act, *, said: str = "", undo: str = "", sent: bool = False
) -> HttpResponse:
    """Carries out a verb on the ticket with the version the reader saw, and answers with what is new.

    A conflict shows what changed and leaves the composer alone. `said` is told, with `undo` as the way back. `sent`:
    the composer begins afresh.
    """
    ticket = ticket_for(request.user, number)
    try:
        verb(ticket, number_of(request.POST.get("version") or request.GET.get("version")))
    except Conflict as refusal:
        return changed(request, number, conflict=refusal.message, warned=str(refusal.details.get("warned", "")))
    response = changed(request, number, sent=sent)
    if said:
        toast(response, said, undo=undo, ticket=number)
    return response


def changed(
    request: DeskRequest,
    number: int,
    *,
    conflict: str = "",
    warned: str = "",
    sent: bool = False,
    looking: bool = False,
) -> HttpResponse:
    """The parts of the ticket's screen that are new since the reader's `seen`; without htmx, the way back to it.

    `looking`: nobody acted, and what an act was told stays where it stands. `warned`: of what the reader was told, so
    that the same act again is meant.
    """
    if not request.htmx:
        return HttpResponseRedirect(f"/desk/tickets/{number}")
    ticket = ticket_for(request.user, number)
    written = request.POST.get("seen") or request.GET.get("seen")
    if not written:
        # the ticket is not open in front of them (any more): there is nothing to bring up to date
        return announce(HttpResponse(), changed={"id": number})
    seen = Seen.of(written)
    after = screen(request, ticket, since=seen)
    shown = {"ticket": after, "conflict": conflict}
    shown |= {"empty_composer": sent, "looking": looking, "warned": warned}
    response = render(request, "desk/_changes.jinja", shown, status=409 if conflict else 200)
    return announce(response, changed={"id": number, "event": after.seen.event})
