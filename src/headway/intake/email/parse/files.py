"""The attachments of a mail: parts by offset, and what had to be decoded to be found."""

from headway.intake.email.mail import Attachment
from headway.intake.email.parse import names, tnef
from headway.intake.email.parse.content import data_of, size_of
from headway.intake.email.parse.headers import Headers
from headway.intake.email.parse.structure import Part, Reading
from headway.intake.email.parse.uuencode import Found
from headway.intake.email.parse.words import header_text


def from_part(reading: Reading, part: Part, number: int) -> Attachment:
    """The attachment of one leaf, its bytes left where they are."""
    content = None
    written = part.filename
    if part.encoding == "uuencode":
        content = data_of(reading, part)
    if not written and part.type in ("message/rfc822", "message/global"):
        written = _subject_inside(reading, part)
    return Attachment(
        name=names.file_name(written, part.type, number),
        type=part.type,
        size=len(content) if content is not None else size_of(reading, part),
        start=part.start,
        end=part.end,
        encoding="" if content is not None else part.encoding,
        content=content,
        content_id=header_text(part.headers.first("content-id")).strip("<> ")[:400],
        inline=part.disposition.value != "attachment" and part.headers.has("content-id"),
    )


def from_text(found: Found, number: int) -> Attachment:
    """The attachment of a uuencoded file in the text."""
    return Attachment(
        name=names.file_name(found.name, "application/octet-stream", number),
        type=names.type_of(found.name),
        size=len(found.content),
        content=found.content,
        source="uuencode",
    )


def from_tnef(reading: Reading, part: Part, number: int) -> tuple[list[Attachment], tnef.Opened] | None:
    """The files inside a winmail.dat and its text; None when it is none or cannot be read."""
    if not tnef.is_tnef(part.type, part.filename):
        return None
    opened = tnef.open_(data_of(reading, part))
    if opened is None:
        return None
    files = [
        Attachment(
            name=names.file_name(name, "application/octet-stream", number + index),
            type=names.type_of(name),
            size=len(content),
            content=content,
            source="tnef",
        )
        for index, (name, content) in enumerate(opened.files)
    ]
    return files, opened


def _subject_inside(reading: Reading, part: Part) -> str:
    if part.encoding:
        return ""
    from headway.intake.email.parse import headers

    block: Headers = headers.read(reading.raw, part.start, part.end, [])[0]
    subject = header_text(block.first("subject"))
    return f"{subject}.eml" if subject else ""
