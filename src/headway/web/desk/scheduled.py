"""Replies that wait for their time: changed, sent at once, stopped."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation import markdown
from headway.foundation.errors import HeadwayError, Invalid
from headway.people.rules import Permission
from headway.tickets import actions
from headway.tickets.actions import Typed
from headway.tickets.models import Message, Ticket
from headway.tickets.queries.scheduled import scheduled_for
from headway.tickets.rules.macros import unfilled
from headway.web.desk.acting import act, changed
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.responses import announce, toast
from headway.web.desk.times import instant


@desk(Permission.REPLY)
def scheduled(request: DeskRequest, scheduled_id: int) -> HttpResponse:
    """GET: the form to change it. POST `body` and `local` (in the reader's zone) changes its words and its time."""
    row = scheduled_for(request.user, scheduled_id)
    shown = {"row": row, "body": row.text, "at": row.due_at, "error": ""}
    if request.method == "GET":
        return render(request, "desk/_scheduled_form.jinja", shown)
    body = request.POST.get("body", "")
    try:
        due = instant(request.POST.get("local"), field="due")
        if gaps := unfilled(body):
            raise Invalid(_("Fill in %(gap)s before you send. Nothing was sent.") % {"gap": gaps[0]}, field="body")
        html = markdown.to_html(body)
        actions.reschedule(row, actor=request.user.actor, due=due, text=body, html=html)
    except HeadwayError as refusal:
        shown |= {"body": body, "error": refusal.message}
        return render(request, "desk/_scheduled_form.jinja", shown, status=422)
    return toast(
        changed(request, row.ticket_id), _("Changed. It leaves at its new time, unless somebody writes before.")
    )


@desk(Permission.REPLY)
def sending(request: DeskRequest, scheduled_id: int) -> HttpResponse:
    """POST sends it now; refused when something is new that the reader has not seen."""
    row = scheduled_for(request.user, scheduled_id)
    sent: list[Message] = []

    def send(_ticket: Ticket, expected: int | None) -> object:
        sent.append(actions.send_scheduled(row, actor=request.user.actor, expected=expected))
        return sent

    response = act(request, row.ticket_id, send)
    if not sent:
        return response
    return toast(response, _("Sent."), undo=f"/desk/messages/{sent[0].pk}/withdrawal", ticket=row.ticket_id)


@desk(Permission.REPLY)
def withdrawal(request: DeskRequest, scheduled_id: int) -> HttpResponse:
    """POST stops it: nothing leaves, and its words return to the composer of whoever stopped it."""
    row = scheduled_for(request.user, scheduled_id)
    number, files = row.ticket_id, row.files.count()
    typed = Typed(text=row.text, copied=", ".join(map(str, row.copied)))
    with transaction.atomic():
        actions.unschedule(row, actor=request.user.actor)
        draft = actions.return_to_draft(row.ticket, typed, actor=request.user.actor)
    response = changed(request, number)
    told = {"draft": f"{request.user.pk}:{number}", "address": f"/desk/tickets/{number}", "version": draft.version}
    announce(response, withdrawn=told | {"text": typed.text, "whole": draft.text, "cc": typed.copied})
    said = _("Stopped. Nothing was sent; its words are in the composer.")
    return toast(response, said if not files else said + " " + _("Attach its files again."))
