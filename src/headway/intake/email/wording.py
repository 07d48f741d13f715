"""A parsed mail as a message: text, safe HTML with its pictures, files."""

import re
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from headway.foundation import files
from headway.foundation.files import Blob
from headway.intake.email import loops
from headway.intake.email.html.sanitise import EMBEDDED
from headway.intake.email.mail import Attachment, ParsedMail
from headway.intake.email.parse import transfer
from headway.tickets.actions.creating import Words
from headway.tickets.actions.files import Attachment as Attached

_EMBEDDED: Final = re.compile(rf'src="{EMBEDDED}(\d{{1,5}})"')
_MACHINES: Final = {"report", "away", "generated"}


def contents(mail: ParsedMail, raw: bytes) -> list[bytes]:
    """The bytes of each attachment, in order."""
    return [content(one, raw) for one in mail.attachments]


def content(attachment: Attachment, raw: bytes) -> bytes:
    """The bytes of one attachment, decoded from the raw mail unless the parser had to find them."""
    if attachment.content is not None:
        return attachment.content
    return transfer.undo(memoryview(raw)[attachment.start : attachment.end], attachment.encoding)


def store(mails: Sequence[tuple[ParsedMail, bytes]]) -> list[list[Attached]]:
    """Puts the files of many mails into the store with one wait; each mail's as they are attached."""
    pieces = [contents(mail, raw) for mail, raw in mails]
    blobs = iter(files.put_many([data for one in pieces for data in one]) if any(pieces) else [])
    return [[attached(one, number, next(blobs)) for number, one in enumerate(mail.attachments)] for mail, _raw in mails]


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


def _content_id(number: int) -> str:
    # one such name is never the beginning of another: they are replaced as text
    return f"{number}@mail"
