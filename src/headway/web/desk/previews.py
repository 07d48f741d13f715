"""A look at an attachment without downloading it, and at those beside it."""

import codecs
import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from headway.foundation import files, media
from headway.foundation.errors import Invalid, NotFound
from headway.tickets.queries import message_for, note_for
from headway.tickets.queries.conversation import embedded
from headway.tickets.queries.sides import side_message_for
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.files import File

_BYTES: Final = 200_000
_ROWS: Final = 200
_COLUMNS: Final = 40
_KINDS: Final = {
    "image": gettext_noop("Image"), "picture": gettext_noop("Image"), "drawing": gettext_noop("Drawing"),
    "pdf": gettext_noop("PDF"), "text": gettext_noop("Text"), "table": gettext_noop("Table"),
    "audio": gettext_noop("Audio"), "video": gettext_noop("Video"), "recording": gettext_noop("Recording"),
    "page": gettext_noop("Web page"), "mail": gettext_noop("Email"), "archive": gettext_noop("Archive"),
    "document": gettext_noop("Document"), "sheet": gettext_noop("Spreadsheet"), "slides": gettext_noop("Slides"),
    "file": gettext_noop("File"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A file as the lightbox shows it. `place`: its number among `count`, whose neighbours' addresses stand beside."""

    name: str
    size: int
    kind: str
    words: str
    href: str
    place: int
    count: int
    previous: str
    next: str
    text: str | None = None
    rows: list[list[str]] = field(default_factory=list)
    cut: bool = False


@desk()
def of_message(request: DeskRequest, message_id: int, file_id: int) -> HttpResponse:
    """A file of a message."""
    message = message_for(request.user, message_id)
    rows = [row for row in message.files.order_by("pk") if not embedded(row, message.html)]
    return _shown(request, rows, file_id, f"/desk/messages/{message_id}/files")


@desk()
def of_note(request: DeskRequest, note_id: int, file_id: int) -> HttpResponse:
    """A file of a note."""
    rows = list(note_for(request.user, note_id).files.order_by("pk"))
    return _shown(request, rows, file_id, f"/desk/notes/{note_id}/files")


@desk()
def of_side(request: DeskRequest, message_id: int, file_id: int) -> HttpResponse:
    """A file of a side conversation, above the conversation that it belongs to."""
    rows = list(side_message_for(request.user, message_id).files.order_by("pk"))
    return _shown(request, rows, file_id, f"/desk/side-messages/{message_id}/files")


def kind_words(kind: str) -> str:
    """What a kind of file is called."""
    return _(_KINDS[kind])


def _shown(request: DeskRequest, rows: Sequence[File], file_id: int, address: str) -> HttpResponse:
    kinds = {row.pk: media.kind_of(row.media_type, row.name) for row in rows}
    among = [row for row in rows if kinds[row.pk] in media.SHOWN]
    at = next((at for at, row in enumerate(among) if row.pk == file_id), None)
    if at is None:
        if any(row.pk == file_id for row in rows):
            raise Invalid(_("This file can only be downloaded."))
        raise NotFound(_("There is no such file, or you may not see it."))
    row = among[at]
    kind = kinds[row.pk]
    text = _text(row) if kind in ("text", "table") else None
    table = _table(text) if kind == "table" and text else []
    beside = [f"{address}/{among[(at + step) % len(among)].pk}/preview" for step in (-1, 1)]
    preview = Preview(
        name=row.name, size=row.size, kind=kind, words=kind_words(kind), href=f"{address}/{row.pk}", place=at + 1,
        count=len(among), previous=beside[0], next=beside[1], text=text, rows=table,
        cut=row.size > _BYTES if text is not None else False,
    )  # fmt: skip
    return render(request, "desk/_lightbox.jinja", {"file": preview})


def _text(row: File) -> str | None:
    """The beginning of a text file, None for what is no text."""
    with files.open_blob(row.sha256) as stream:
        data = stream.read(_BYTES)
    for start, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(start):
            return data.decode(encoding, "replace")
    if b"\0" in data:
        return None
    try:
        # the last letter may be cut in two
        return codecs.getincrementaldecoder("utf-8")().decode(data, final=row.size <= _BYTES)
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _table(text: str) -> list[list[str]]:
    """The first rows of a table, empty when it is none: by comma, semicolon, tab or bar."""
    head = text[:4000]
    delimiter = max(",;\t|", key=head.count)
    try:
        lines = csv.reader(text.splitlines(), delimiter=delimiter)
        return [line[:_COLUMNS] for line, _row in zip(lines, range(_ROWS), strict=False)]
    except csv.Error:
        return []
