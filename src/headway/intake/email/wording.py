"""A parsed mail as a message: text, safe HTML with its pictures, files."""

import re
import tempfile
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from headway.foundation import files
from headway.foundation.files import Blob
from headway.intake.email import loops
from headway.intake.email.html.sanitise import EMBEDDED
from headway.intake.email.mail import Attachment, ParsedMail
from headway.intake.email.parse import transfer
from headway.intake.email.settling import Read
from headway.intake.email.stretch import Stretch
from headway.tickets.actions.creating import Words
from headway.tickets.actions.files import Attachment as Attached

_EMBEDDED: Final = re.compile(rf'src="{EMBEDDED}(\d{{1,5}})"')
_LARGE: Final = 2 * 1024 * 1024  # of an encoded file from which on it is not held to be stored
_MACHINES: Final = {"report", "away", "generated"}


def store(read: Sequence[Read]) -> list[list[Attached]]:
    """Puts the files of many mails into the store, the small ones with one wait; each mail's as they are attached."""
    pieces = [_contents(one) for one in read]
    small = [data for some in pieces for data in some if isinstance(data, bytes)]
    blobs = iter(files.put_many(small) if small else [])
    return [
        [
            attached(file, number, next(blobs) if isinstance(data, bytes) else data)
            for number, (file, data) in enumerate(zip(one.mail.attachments, some, strict=True))
        ]
        for one, some in zip(read, pieces, strict=True)
    ]


def attached(attachment: Attachment, number: int, blob: Blob) -> Attached:
    """One file of a mail as a file of the message; a picture of the HTML gets the id by which it is shown."""
    return Attached(
        blob=blob,
        name=attachment.name,
        media_type=attachment.type,
        content_id=_content_id(number) if attachment.inline else "",
    )


def html(mail: ParsedMail) -> str:
    """The safe HTML of the new part, its pictures named by the ids of the message's files."""
    return _EMBEDDED.sub(lambda match: f'src="cid:{_content_id(int(match[1]))}"', mail.html)


def folded(mail: ParsedMail) -> str:
    """What is shown folded: the signature, and what the mail quotes."""
    return "\n\n".join(part for part in (mail.signature, mail.quoted) if part)


def words(mail: ParsedMail, attached_files: Sequence[Attached], *, copied: Sequence[str], held: bool = False) -> Words:
    """The message to be written."""
    return Words(
        text=mail.text,
        html=html(mail),
        quoted=folded(mail),
        automatic=is_automatic(mail),
        held=held,
        copied=copied,
        files=attached_files,
    )


def is_automatic(mail: ParsedMail) -> bool:
    """Whether a machine wrote it: it neither reopens anything nor stops a clock."""
    return loops.automatic(mail) in _MACHINES


def subject(mail: ParsedMail) -> str:
    """The subject of a ticket begun by this mail; never empty."""
    return mail.subject or " ".join(mail.text.split())[:80] or _("(no subject)")


def _contents(one: Read) -> list[bytes | Blob]:
    """The bytes of each attachment, in order: decoded from the raw mail unless the parser had to find them.

    A large one is stored already.
    """
    if not one.mail.attachments:
        return []
    with one.open() as raw:
        return [
            _decoded(Stretch(raw, file.start, file.end), file.encoding) if file.content is None else file.content
            for file in one.mail.attachments
        ]


def _decoded(part: Stretch, encoding: str) -> bytes | Blob:
    if len(part) < _LARGE:
        return transfer.undo(part, encoding)
    with tempfile.TemporaryFile() as decoded:
        transfer.undo_into(part, encoding, decoded)
        return files.put_stream(decoded)


def _content_id(number: int) -> str:
    # one such name is never the beginning of another: they are replaced as text
    return f"{number}@mail"
