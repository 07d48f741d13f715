"""The bytes of attachments: downloads, and what a browser may show in itself, piece by piece where it asks so."""

import re
from typing import BinaryIO, Final
from urllib.parse import quote

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from headway.foundation import files, media
from headway.foundation.errors import Invalid, NotFound
from headway.tickets.models import MessageFile, NoteFile, SideFile
from headway.tickets.queries import message_for, note_for
from headway.tickets.queries.sides import side_file_for
from headway.web.desk.door import DeskRequest, desk

# nothing in it runs, and it loads nothing
POLICY: Final = "default-src 'none'; frame-ancestors 'self'; sandbox"
_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})\Z")

File = MessageFile | NoteFile | SideFile


@desk()
def of_message(request: DeskRequest, message_id: int, file_id: int) -> HttpResponseBase:
    """An attachment of a message, as a download; a picture inside its HTML, as itself."""
    file = message_for(request.user, message_id).files.filter(pk=file_id).first()
    return shown(request, file) if file and file.content_id and _is_picture(file) else download(file)


@desk()
def of_note(request: DeskRequest, note_id: int, file_id: int) -> HttpResponseBase:
    """An attachment of a note, as a download."""
    return download(note_for(request.user, note_id).files.filter(pk=file_id).first())


@xframe_options_sameorigin
@desk()
def content_of_message(request: DeskRequest, message_id: int, file_id: int) -> HttpResponseBase:
    """An attachment of a message as a browser shows it: pictures, PDFs, sound and film only."""
    return shown(request, message_for(request.user, message_id).files.filter(pk=file_id).first())


@xframe_options_sameorigin
@desk()
def content_of_note(request: DeskRequest, note_id: int, file_id: int) -> HttpResponseBase:
    """The same of a note."""
    return shown(request, note_for(request.user, note_id).files.filter(pk=file_id).first())


@xframe_options_sameorigin
@desk()
def content_of_side(request: DeskRequest, message_id: int, file_id: int) -> HttpResponseBase:
    """The same of a side conversation."""
    return shown(request, side_file_for(request.user, message_id, file_id))


def download(file: File | None) -> HttpResponseBase:
    """The file as a download, never shown inside the browser. Raises NotFound without one."""
    if file is None:
        raise _nothing()
    response = FileResponse(files.open_blob(file.sha256), content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    response["Content-Length"] = str(file.size)
    return _guarded(response)


def shown(request: DeskRequest, file: File | None) -> HttpResponseBase:
    """The file for the browser to show: the whole, or the part it asks for. Raises NotFound, and Invalid
    for what may only be downloaded."""
    if file is None:
        raise _nothing()
    stream = files.open_blob(file.sha256)
    first = stream.read(media.ENOUGH)
    kind = media.shown_type(media.kind_of(file.media_type, file.name), file.media_type, file.name, first)
    part = _part(request.headers.get("Range", ""), file.size)
    if not kind or part is None:
        stream.close()
        if kind:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
        raise Invalid(_("This file can only be downloaded."))
    begin, end = part
    stream.seek(begin)
    response = FileResponse(_Part(stream, end - begin), content_type=kind)
    if (begin, end) != (0, file.size):
        response.status_code = 206
        response["Content-Range"] = f"bytes {begin}-{end - 1}/{file.size}"
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(file.name, safe='')}"
    response["Content-Length"] = str(end - begin)
    return _guarded(response)


class _Part:
    """So many bytes of a stream from where it stands."""

    def __init__(self, stream: BinaryIO, length: int) -> None:
        self._stream, self._left = stream, length

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(piece)
        return piece

    def close(self) -> None:
        self._stream.close()


def _part(asked: str, size: int) -> tuple[int, int] | None:
    """Where the part begins and ends that a Range header asks for (RFC 9110, 14.1.2): the whole for what is not
    understood, None for what is not there."""
    found = _RANGE.match(asked.strip())
    if not found or found[0] == "bytes=-":
        return 0, size
    first, last = found[1], found[2]
    if not first:
        return (max(0, size - int(last)), size) if int(last) and size else None
    begin, end = int(first), min(int(last) + 1, size) if last else size
    if last and int(last) < begin:
        return 0, size
    return (begin, end) if begin < size else None


def _is_picture(file: MessageFile) -> bool:
    return media.kind_of(file.media_type, file.name) == "image"


def _guarded(response: FileResponse) -> FileResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "private, max-age=86400"
    return response


def _nothing() -> NotFound:
    return NotFound(_("There is no such file, or you may not see it."))
