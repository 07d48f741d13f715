"""One message: its own look in a frame, and its files."""

from urllib.parse import quote

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from headway.foundation import files
from headway.foundation.errors import NotFound
from headway.people.rules import Permission
from headway.tickets import actions
from headway.tickets.models import MessageFile, NoteFile, SideFile
from headway.tickets.queries import message_for, note_for
from headway.web.desk.acting import changed
from headway.web.desk.door import DeskRequest, desk

# The frame runs nothing, loads nothing from outside and cannot leave itself; pictures come from the mail alone.
FRAME_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; font-src 'none'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)
FILE_POLICY = "default-src 'none'; sandbox"
# Pictures that a browser may show inside a mail; everything else is only ever downloaded.
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}


@xframe_options_sameorigin
@desk()
def page(request: DeskRequest, message_id: int) -> HttpResponse:
    """A message's sanitised HTML, for its frame."""
    message = message_for(request.user, message_id)
    html = message.html
    for file in message.files.exclude(content_id=""):
        html = html.replace(f"cid:{file.content_id}", f"/desk/messages/{message.pk}/files/{file.pk}")
    plain = not any(word in html for word in ("color", "bgcolor", "background"))
    response = render(request, "desk/frame.jinja", {"html": html, "plain": plain})
    response["Content-Security-Policy"] = FRAME_POLICY
    response["Referrer-Policy"] = "no-referrer"
    return response


@desk()
def message_file(request: DeskRequest, message_id: int, file_id: int) -> HttpResponseBase:
    """An attachment of a message, as a download; a picture inside its HTML, as itself."""
    file = message_for(request.user, message_id).files.filter(pk=file_id).first()
    return sent_file(file, inline=bool(file and file.content_id))


@desk()
def note_file(request: DeskRequest, note_id: int, file_id: int) -> HttpResponseBase:
    """An attachment of a note, as a download."""
    return sent_file(note_for(request.user, note_id).files.filter(pk=file_id).first())


@desk(Permission.WORK)
def admission(request: DeskRequest, message_id: int) -> HttpResponse:
    """POST lets a held message take part in its ticket."""
    message = message_for(request.user, message_id)
    actions.admit(message, actor=request.user.actor)
    return changed(request, message.ticket_id)


def sent_file(file: MessageFile | NoteFile | SideFile | None, *, inline: bool = False) -> FileResponse:
    """The bytes of an attachment: a download, or with `inline` a picture that a browser may show."""
    if file is None:
        raise NotFound(_("There is no such file, or you may not see it."))
    shown = inline and file.media_type in PICTURES
    response = FileResponse(
        files.open_blob(file.sha256), content_type=file.media_type if shown else "application/octet-stream"
    )
    name = quote(file.name, safe="")
    response["Content-Disposition"] = "inline" if shown else f"attachment; filename*=UTF-8''{name}"
    response["Content-Length"] = str(file.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = FILE_POLICY
    response["Cache-Control"] = "private, max-age=86400"
    return response
