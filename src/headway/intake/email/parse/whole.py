"""The door: one raw mail in, one `ParsedMail` out."""

import hashlib
from datetime import datetime
from enum import IntEnum

from headway.intake.email import limits
from headway.intake.email.html.sanitise import content_key
from headway.intake.email.mail import Address, Attachment, ParsedMail
from headway.intake.email.parse import (
    addresses,
    bodies,
    dates,
    evidence,
    files,
    ids,
    structure,
    subjects,
    text,
    transfer,
)
from headway.intake.email.parse.charsets import decode, storable
from headway.intake.email.parse.headers import Headers
from headway.intake.email.parse.structure import Part, Reading
from headway.intake.email.parse.words import clean, decoded, header_text, raw_text
from headway.intake.email.reports.read import report as read_report

_FORMER = ("x-microsoft-original-message-id", "x-google-original-message-id", "x-original-message-id")


class Care(IntEnum):
    """How much is attempted: after a mail killed a process, the second attempt leaves the dangerous steps out."""

    FULL = 0
    PLAIN = 1


def parse(raw: bytes, care: Care = Care.FULL) -> ParsedMail:
    """The mail, whatever state it is in. Linear in its size; bounds are in `limits`."""
    if b"\n" not in raw and b"\r" in raw:
        raw = raw.replace(b"\r", b"\n")
    reading = Reading(raw)
    root = structure.read(reading, 0, len(raw))
    headers = root.headers
    hint = _charset_hint(root)
    selection = bodies.select(root)
    source, attachments = _contents(reading, root, selection)
    content_ids = _content_ids(attachments)
    body = text.finish(source, content_ids, with_html=care is Care.FULL, with_quotes=care is Care.FULL)
    attachments += [files.from_text(found, len(attachments) + n + 1) for n, found in enumerate(body.found)]
    attachments = [_shown(one, index in body.embedded) for index, one in enumerate(attachments)]
    subject = " ".join(header_text(headers.first("subject"), hint).split())[: limits.SUBJECT_CHARACTERS]
    return_path = _return_path(headers)
    written = ids.own(_one_line(headers, "message-id"))
    authors = _addresses(headers, "from", hint)
    return ParsedMail(
        message_id=storable(written) or ids.synthetic(headers, raw[root.start :]),
        synthetic_id=not written,
        body_hash=hashlib.sha256(raw[root.start :]).hexdigest(),
        former_ids=_former_ids(headers),
        in_reply_to=ids.every(_one_line(headers, "in-reply-to")),
        references=ids.every(_one_line(headers, "references")),
        authors=authors,
        sender=next(iter(_addresses(headers, "sender", hint)), None),
        reply_to=_addresses(headers, "reply-to", hint),
        to=_addresses(headers, "to", hint),
        cc=_addresses(headers, "cc", hint),
        bcc=_addresses(headers, "bcc", hint),
        delivered_to=tuple(
            address
            for name in ("delivered-to", "x-original-to", "envelope-to")
            for address in _addresses(headers, name, hint)
        ),
        original_from=_addresses(headers, "x-original-from", hint) or _addresses(headers, "x-original-sender", hint),
        return_path=return_path,
        subject=subject,
        forward=subjects.is_forward(subject),
        date=dates.read(_one_line(headers, "date")) or _received(headers),
        received_at=_received(headers),
        evidence=evidence.read(headers, null_return_path=return_path == ""),
        text=body.cut.new,
        signature=body.cut.signature,
        quoted=body.cut.quoted,
        whole=body.whole,
        html=body.html,
        html_quoted=body.html_quoted,
        remote_images=body.remote_images,
        attachments=tuple(attachments),
        report=read_report(reading, root, body.whole, subject, authors, return_path),
        headers=tuple((name, clean(raw_text(value, hint))) for name, value in headers.items),
        defects=tuple(reading.defects),
        degraded=body.degraded,
    )


def _contents(reading: Reading, root: Part, selection: bodies.Selection) -> tuple[text.Source, list[Attachment]]:
    """The decoded text and the files; winmail.dat opened, an enclosed mail read where the mail itself says nothing."""
    source = text.source_of(reading, selection.pieces)
    attachments: list[Attachment] = []
    for part in selection.files:
        opened = files.from_tnef(reading, part, len(attachments) + 1)
        if opened is None:
            attachments.append(files.from_part(reading, part, len(attachments) + 1))
            continue
        inside, container = opened
        attachments += inside
        if not source.plain.strip():
            source.plain = container.text
        if not source.html:
            source.html = container.html
    if not source.plain.strip() and not source.html:
        source = _enclosed(reading, selection) or _preamble(reading, root) or source
    return source, attachments


def _preamble(reading: Reading, root: Part) -> text.Source | None:
    """What stands above the first part, where a mail has no text elsewhere and it is not the usual notice."""
    start, end = root.preamble
    raw = reading.raw[start : min(end, start + 64 * 1024)]
    if not raw.strip() or b"MIME" in raw or b"multi-part" in raw or b"multipart" in raw:
        return None
    decoded_text = decode(transfer.undo(raw, root.encoding), "")[0]
    return text.Source(plain=decoded_text.replace("\r\n", "\n"))


def _enclosed(reading: Reading, selection: bodies.Selection) -> text.Source | None:
    for part in selection.files:
        if part.type in ("message/rfc822", "message/global") and not part.encoding and part.depth < limits.DEPTH:
            inner = Reading(reading.raw, parts=reading.parts)
            root = structure.read(inner, part.start, part.end)
            return text.source_of(inner, bodies.select(root).pieces)
    return None


def _content_ids(attachments: list[Attachment]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, attachment in enumerate(attachments):
        if attachment.content_id:
            found.setdefault(content_key(attachment.content_id), index)
    for index, attachment in enumerate(attachments):
        found.setdefault(content_key(attachment.name), index)
    return found


def _shown(attachment: Attachment, embedded: bool) -> Attachment:
    """The attachment marked inline only if the HTML really shows it."""
    if attachment.inline == embedded:
        return attachment
    return Attachment(
        name=attachment.name,
        type=attachment.type,
        size=attachment.size,
        start=attachment.start,
        end=attachment.end,
        encoding=attachment.encoding,
        content=attachment.content,
        content_id=attachment.content_id,
        inline=embedded,
        source=attachment.source,
    )


def _charset_hint(root: Part) -> str:
    return next((found for part in structure.leaves(root)[:5] if (found := part.content_type.get("charset"))), "")


def _one_line(headers: Headers, name: str) -> str:
    value = raw_text(headers.first(name))
    return clean(decoded(value) if "=?" in value else value)


def _former_ids(headers: Headers) -> tuple[str, ...]:
    found = (ids.own(_one_line(headers, name)) for name in _FORMER if headers.has(name))
    return tuple(storable(value) for value in found if value)


def _addresses(headers: Headers, name: str, hint: str) -> tuple[Address, ...]:
    values = headers.every(name)
    return addresses.read(", ".join(clean(raw_text(value, hint)) for value in values)) if values else ()


def _return_path(headers: Headers) -> str | None:
    if not headers.has("return-path"):
        return None
    value = raw_text(headers.first("return-path")).strip()
    found = addresses.one(value)
    return found.email if found else ""


def _received(headers: Headers) -> datetime | None:
    for value in headers.every("received")[:20]:
        at = dates.received(clean(raw_text(value)))
        if at is not None:
            return at
    return None
