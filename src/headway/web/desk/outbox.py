"""The outbox: what leaves, what waits, what failed and why."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.pages import Page
from headway.intake import actions
from headway.intake import queries as intake
from headway.people.rules import Permission
from headway.tickets.actions import Typed, return_to_draft
from headway.tickets.queries import message_for
from headway.tickets.queries.scheduled import waiting
from headway.web.desk.acting import changed
from headway.web.desk.delivery import state_words
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.later import because
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices
from headway.web.desk.responses import announce, toast

LATER = "later"
TABS = {"": (), LATER: (), "waiting": intake.UNSENT, "failed": ("failed",), "sent": ("sent",)}
MEANINGS = {"failed": "danger", "uncertain": "warning", "sent": "positive"}


@desk()
def outbox(request: DeskRequest) -> HttpResponse:
    """Outgoing mail on the tickets one may see, newest first; `show` is waiting, failed, sent, or later for replies
    that leave at a time of their own."""
    show = request.GET.get("show", "")
    show = show if show in TABS else ""
    later = [(row, because(row.held_because)) for row in waiting(request.user)] if show == LATER else []
    page = (
        Page([], None)
        if show == LATER
        else intake.outbox(request.user, states=TABS[show], cursor=request.GET.get("cursor"))
    )
    words = {"": _("All"), LATER: _("For later"), "waiting": _("Waiting"), "failed": _("Failed"), "sent": _("Sent")}
    tabs = [(words[name], f"/desk/outbox?show={name}" if name else "/desk/outbox", name == show, None) for name in TABS]
    shown: dict[str, Any] = {
        "nav": navigation(request),
        "tabs": tabs,
        "rows": [(row, state_words(row.state), MEANINGS.get(row.state, "")) for row in page.rows],
        "later": later,
        "next": f"/desk/outbox?show={show}&cursor={page.next}" if page.next else "",
        "may_retry": request.user.may(Permission.REPLY),
        "notices": notices(request),
    }
    return render(request, "desk/outbox.jinja", shown)


@desk(Permission.REPLY)
def withdrawal(request: DeskRequest, message_id: int) -> HttpResponse:
    """POST takes a reply back before it leaves: the ticket stands as before it, the text returns to the composer."""
    message = message_for(request.user, message_id)
    number = message.ticket_id
    typed = Typed(text=message.text, copied=", ".join(map(str, message.copied)))
    with transaction.atomic():
        actions.take_back(message, actor=request.user.actor)
        draft = return_to_draft(message.ticket, typed, actor=request.user.actor)
    response = changed(request, number)
    told = {"draft": f"{request.user.pk}:{number}", "address": f"/desk/tickets/{number}", "version": draft.version}
    announce(response, withdrawn=told | {"text": typed.text, "whole": draft.text, "cc": typed.copied})
    return toast(response, _("Taken back. Nothing was sent, and the ticket stands as before."))


@desk(Permission.REPLY)
def retry(request: DeskRequest, message_id: int) -> HttpResponse:
    """POST queues again what failed of a message."""
    message = message_for(request.user, message_id)
    if request.htmx:
        actions.send_again(message, actor=request.user.actor)
        return changed(request, message.ticket_id)
    return done(
        request,
        "/desk/outbox",
        lambda: actions.send_again(message, actor=request.user.actor),
        _("It is tried again now."),
    )
