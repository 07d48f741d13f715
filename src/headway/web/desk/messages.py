"""One message: its own look in a frame, and letting it in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin

from headway.intake.email.html.remote import remotes, shown
from headway.people.rules import Permission
from headway.tickets import actions
from headway.tickets.queries import message_for
from headway.web.desk import images
from headway.web.desk.acting import changed
from headway.web.desk.door import DeskRequest, desk

# The frame runs nothing, loads nothing from outside and cannot leave itself; pictures come from us.
FRAME_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; font-src 'none'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)


@xframe_options_sameorigin
@desk()
def page(request: DeskRequest, message_id: int) -> HttpResponse:
    """A message's sanitised HTML, for its frame; with `images`, once its reader asked for those on other servers."""
    message = message_for(request.user, message_id)
    html = message.html
    for file in message.files.exclude(content_id=""):
        html = html.replace(f"cid:{file.content_id}", f"/desk/messages/{message.pk}/files/{file.pk}")
    plain = not any(word in html for word in ("color", "bgcolor", "background"))
    away = remotes(html) if "data-remote-src" in html else []
    shows = bool(away) and images.has_asked(request.user, message, request.GET.get("images"))
    asked = images.asked(request.user, message) if away else ""
    if shows:
        html = shown(html, lambda number: f"/desk/messages/{message.pk}/images/{number}?asked={asked}")
    context = {
        "html": html, "plain": plain, "shows": shows, "ask": f"?images={asked}",
        "away": sum(not one.pixel for one in away), "pixels": sum(one.pixel for one in away),
    }  # fmt: skip
    response = render(request, "desk/frame.jinja", context)
    response["Content-Security-Policy"] = FRAME_POLICY
    response["Referrer-Policy"] = "no-referrer"
    return response


@desk(Permission.WORK)
def admission(request: DeskRequest, message_id: int) -> HttpResponse:
    """POST lets a held message take part in its ticket."""
    message = message_for(request.user, message_id)
    actions.admit(message, actor=request.user.actor)
    return changed(request, message.ticket_id)
