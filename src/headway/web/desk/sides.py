"""Side conversations at the desk: begun from a ticket, shown in a dialog of their own."""

import re
from email.utils import getaddresses
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation import markdown
from headway.foundation.errors import HeadwayError
from headway.intake import queries as intake
from headway.people.rules import Permission
from headway.tickets import actions
from headway.tickets.actions import Words
from headway.tickets.models import SideConversation, Ticket
from headway.tickets.queries import conversation, ticket_for
from headway.tickets.queries.sides import SideTurn, side_file_for, side_for, side_message_for, side_turns
from headway.tickets.rules.texts import one_line
from headway.web.desk.acting import changed
from headway.web.desk.delivery import whole
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.files import download
from headway.web.desk.replies import uploaded
from headway.web.desk.responses import toast
from headway.web.desk.timeline import File, attached
from headway.web.desk.words import numbers

_LATEST = 30  # messages on offer to be quoted


@desk(Permission.REPLY)
def sides(request: DeskRequest, number: int) -> HttpResponse:
    """GET: the form. POST `to`, `subject`, `body`, `files` and the messages to `quote` begins one."""
    ticket = ticket_for(request.user, number)
    given = request.POST
    typed = {name: given.get(name, "") for name in ("to", "subject", "body")}
    shown: dict[str, Any] = {"ticket": ticket, "typed": typed, "error": "", "turns": offered(ticket)}
    if request.method == "GET":
        shown["typed"]["subject"] = ticket.subject
        return render(request, "desk/_side_new.jinja", shown)
    people = [address for _name, address in getaddresses([typed["to"].replace(";", ",")])]
    try:
        words = Words(text=typed["body"], html=markdown.to_html(typed["body"]), files=uploaded(request))
        chosen = numbers(",".join(given.getlist("quote")))
        # what was written wrongly reads as nothing to the address reader, and is said as it was written
        people = people if any(people) else re.split(r"[,;\s]+", typed["to"])
        actions.start_side(ticket, people, typed["subject"], words, actor=request.user.actor, quote=chosen)
    except HeadwayError as refusal:
        shown |= {"error": refusal.message, "chosen": given.getlist("quote")}
        return render(request, "desk/_side_new.jinja", shown, status=422)
    return toast(changed(request, number), _("Sent. The answer comes back here, and the customer sees nothing of it."))


@desk()
def side(request: DeskRequest, side_id: int) -> HttpResponse:
    """One side conversation."""
    return _shown(request, side_for(request.user, side_id))


@desk(Permission.REPLY)
def replies(request: DeskRequest, side_id: int) -> HttpResponse:
    """POST `body` and `files` writes again to everybody in it."""
    found = side_for(request.user, side_id)
    body = request.POST.get("body", "")
    try:
        words = Words(text=body, html=markdown.to_html(body), files=uploaded(request))
        actions.answer_side(found, words, actor=request.user.actor)
    except HeadwayError as refusal:
        return _shown(request, found, body=body, error=refusal.message)
    return _shown(request, side_for(request.user, side_id))


@desk(Permission.WORK)
def closure(request: DeskRequest, side_id: int) -> HttpResponse:
    """POST closes it, DELETE opens it again."""
    found = side_for(request.user, side_id)
    verb = actions.reopen_side if request.method == "DELETE" else actions.close_side
    verb(found, actor=request.user.actor)
    return _shown(request, side_for(request.user, side_id))


@desk(Permission.WORK)
def admission(request: DeskRequest, message_id: int) -> HttpResponse:
    """POST lets a held message in, with its writer."""
    message = side_message_for(request.user, message_id)
    actions.admit_side(message, actor=request.user.actor)
    return _shown(request, side_for(request.user, message.side_id))


@desk()
def file(request: DeskRequest, message_id: int, file_id: int) -> HttpResponseBase:
    """An attachment, as a download."""
    return download(side_file_for(request.user, message_id, file_id))


def _shown(request: DeskRequest, found: SideConversation, *, body: str = "", error: str = "") -> HttpResponse:
    turns = side_turns(found)
    states = {number: whole(parts) for number, parts in intake.side_sendings([turn.id for turn in turns]).items()}
    person = request.user
    shown = {
        "side": found, "turns": [_turn(turn) for turn in turns],
        "states": states, "body": body, "error": error,
        "may_reply": person.may(Permission.REPLY), "may_work": person.may(Permission.WORK),
    }  # fmt: skip
    return render(request, "desk/_side_one.jinja", shown, status=422 if error else 200)


def _turn(turn: SideTurn) -> tuple[SideTurn, str, list[File]]:
    """What was said, drawn where one of us wrote it, and its files."""
    rich = markdown.to_html(turn.text) if turn.agent_id else ""
    return turn, rich, attached(turn.files, f"/desk/side-messages/{turn.id}/files")


def offered(ticket: Ticket) -> list[tuple[int, str, str]]:
    """The latest messages of the ticket, which may be quoted: number, who, how it begins. Notes never are."""
    turns = [turn for turn in conversation(ticket).turns if turn.kind != "note" and not turn.held]
    return [
        (turn.id, turn.customer or turn.agent or _("Headway"), one_line(turn.text, 120)) for turn in turns[-_LATEST:]
    ]
