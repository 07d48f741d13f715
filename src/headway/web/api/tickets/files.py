"""Attachments of messages and notes, as they were sent."""

from django.http import FileResponse
from django.utils.translation import gettext as _

from headway.foundation import files
from headway.foundation.errors import NotFound
from headway.people.rules import Permission, Scope
from headway.tickets.models import MessageFile, NoteFile, SideFile
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import PathId
from headway.web.api.routes import Routes
from headway.web.api.tickets.saying import message_on, note_on

routes = Routes("Files")


@routes.get("/tickets/{ticket_id}/messages/{message_id}/files/{file_id}", Scope.TICKETS_READ, Permission.READ, bytes)
def download_message_file(request: ApiRequest, ticket_id: PathId, message_id: PathId, file_id: PathId) -> FileResponse:
    """A message's attachment, its bytes unchanged."""
    message = message_on(request, ticket_id, message_id)
    return sent_file(message.files.filter(pk=file_id).first())


@routes.get("/tickets/{ticket_id}/notes/{note_id}/files/{file_id}", Scope.TICKETS_READ, Permission.READ, bytes)
def download_note_file(request: ApiRequest, ticket_id: PathId, note_id: PathId, file_id: PathId) -> FileResponse:
    """A note's attachment, its bytes unchanged."""
    note = note_on(request, ticket_id, note_id)
    return sent_file(note.files.filter(pk=file_id).first())


def sent_file(row: MessageFile | NoteFile | SideFile | None) -> FileResponse:
    """The bytes of an attachment, always as a download. Raises NotFound."""
    try:
        stream = files.open_blob(row.sha256) if row else None
    except FileNotFoundError:
        stream = None
    if row is None or stream is None:
        raise NotFound(_("There is no such file."))
    # always as a download: what a stranger sent is never shown on our own address
    response = FileResponse(stream, as_attachment=True, filename=row.name, content_type="application/octet-stream")
    response.headers["Content-Length"] = str(row.size)
    response.headers["X-File-Type"] = row.media_type
    return response
