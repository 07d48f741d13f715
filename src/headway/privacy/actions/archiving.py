"""A customer's archive, written ticket by ticket and file by file: however much there is, no more than one ticket and a
piece of a file are held in memory."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import msgspec
from django.template.loader import get_template

from headway.foundation import files
from headway.privacy.models import Export
from headway.privacy.queries import data

_PIECE: Final = 1 << 20


def write(draft: BinaryIO, export: Export) -> None:
    """Fills `draft` with the archive. How far it is stands in the export's `done`."""
    person = data.person(export.customer)
    missing: list[str] = []
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive, tempfile.TemporaryFile() as lines:
        for number, (ticket, stored) in enumerate(data.in_steps(export.customer), start=1):
            lines.write(msgspec.json.encode(ticket) + b"\n")
            missing += [file.path for file in stored if not _put(archive, file)]
            Export.objects.filter(pk=export.pk).update(done=number)
        with archive.open("data.json", "w", force_zip64=True) as out:
            for piece in _told(person, lines, missing):
                out.write(piece)
        page: Any = get_template("privacy/archive.jinja", using="jinja2")
        with archive.open("index.html", "w", force_zip64=True) as out:
            # what is escaped by itself in a whole page is escaped here too: it is the same template
            for text in page.template.generate(person=person, tickets=_tickets(lines)):
                out.write(text.encode())


def _put(archive: zipfile.ZipFile, file: data.Stored) -> bool:
    try:
        stream = files.open_blob(file.sha256)
    except FileNotFoundError:
        return False
    with stream, archive.open(file.path, "w", force_zip64=True) as out:
        shutil.copyfileobj(stream, out, _PIECE)
    return True


def _told(person: dict[str, Any], lines: BinaryIO, missing: list[str]) -> Iterator[bytes]:
    """The document for programs, piece by piece."""
    yield b'{"person": ' + _pretty(person) + b',\n"tickets": ['
    for number, ticket in enumerate(_tickets(lines)):
        yield (b",\n" if number else b"\n") + _pretty(ticket)
    yield b"]"
    if missing:
        yield b',\n"missing": ' + _pretty(missing)
    yield b"}\n"


def _tickets(lines: BinaryIO) -> Iterator[dict[str, Any]]:
    lines.seek(0)
    for line in lines:
        yield msgspec.json.decode(line)


def _pretty(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2)
