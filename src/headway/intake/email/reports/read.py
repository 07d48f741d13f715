"""Whether a mail reports on another one, and what it says."""

import re
from typing import Final

from headway.intake.email.mail import Address, FailedRecipient, Report
from headway.intake.email.parse import addresses, headers, ids, structure
from headway.intake.email.parse.content import data_of, text_of
from headway.intake.email.parse.headers import Headers
from headway.intake.email.parse.structure import Part, Reading
from headway.intake.email.parse.words import clean, header_text, raw_text
from headway.intake.email.reports import codes, fields, freetext, notifications, phrases

_STATUS_PARTS: Final = {"message/delivery-status", "message/global-delivery-status"}
_ORIGINAL_PARTS: Final = {
    "message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers", "text/rfc822-header",
    "message/global-headers", "text/rfc822",
}  # fmt: skip
_DAEMON: Final = re.compile("|".join(phrases.DAEMONS), re.IGNORECASE)
_SHARED: Final = re.compile("|".join(phrases.SHARED), re.IGNORECASE)
_SUBJECT: Final = re.compile("|".join(phrases.SUBJECTS), re.IGNORECASE)
_WORDS: Final = re.compile("|".join(phrases.WORDS), re.IGNORECASE)
_HOTMAIL: Final = re.compile(r"complaint about message from", re.IGNORECASE)


def report(
    reading: Reading, root: Part, text: str, subject: str, authors: tuple[Address, ...], return_path: str | None
) -> Report | None:
    """What the mail reports; None for a mail of a person or a program that writes to us."""
    leaves = structure.leaves(root)
    original = _original(reading, leaves)
    for part in leaves:
        if part.type == "message/feedback-report":
            return _complaint(fields.feedback(_text(reading, part)), original)
        if part.type == "message/disposition-notification":
            return _receipt(fields.feedback(_text(reading, part)), original)
    if _HOTMAIL.search(subject) and original is not None:
        return _complaint({"feedback-type": "abuse"}, original)
    for part in leaves:
        if part.type in _STATUS_PARTS or (part.main == "text" and _is_status(reading, part)):
            listed = fields.recipients(_text(reading, part))
            if listed:
                return _bounce(_explained(listed, text), original, "", standard=part.type in _STATUS_PARTS)
    announced = _announced(root.headers)
    notified = notifications.read(text)
    if notified is not None:
        return notified
    if not announced and not _looks_returned(root, text, subject, authors, return_path):
        return None
    told, copy = freetext.told_part(text)
    copy = copy or freetext.loose_copy(text)
    own = {address.key for address in (*authors, *addresses.read(raw_text(root.headers.first("to"))))}
    listed = freetext.recipients(told, announced, own)
    if not listed and original is None and not copy:
        return None
    return _bounce(listed, original, copy, standard=False)


def _looks_returned(root: Part, text: str, subject: str, authors: tuple[Address, ...], return_path: str | None) -> bool:
    """Two signs of three or more: a daemon as author, an empty return path, a subject or words that say so."""
    author = raw_text(root.headers.first("from")) if not authors else authors[0].email.partition("@")[0]
    code = bool(codes.reply(text[:6000]) or codes.enhanced(text[:6000]))
    daemon = bool(_DAEMON.search(author)) or not author.strip(" <>")
    if daemon and _SHARED.search(author) and not code and return_path != "":
        return False
    returned = return_path == "" or (return_path is not None and bool(_DAEMON.search(return_path)))
    named = bool(_SUBJECT.search(subject))
    told = bool(_WORDS.search(text[:6000]))
    is_report = root.type == "multipart/report"
    return (
        (daemon + returned + named + is_report >= 2 and (told or named or is_report))
        or ((daemon or returned) and told and (code or named))
        or (returned and told)
    )


def _bounce(listed: list[FailedRecipient], original: Headers | None, copy: str, *, standard: bool) -> Report:
    if original is None and copy:
        original = _headers_in(copy)
    to = tuple(address.email for address in addresses.read(raw_text(original.first("to")))) if original else ()
    if not listed:
        listed = [FailedRecipient(email=address, action="failed", kind="unknown") for address in to if address]
    sender = addresses.one(raw_text(original.first("from"))) if original else None
    return Report(
        kind="bounce",
        recipients=tuple(_unique(listed)),
        original_message_id=_original_id(original),
        original_subject=header_text(original.first("subject")) if original else "",
        original_to=to,
        original_from=sender.email if sender else "",
        standard=standard,
    )


def _explained(listed: list[FailedRecipient], text: str) -> list[FailedRecipient]:
    """With the words written for people, where the machine-readable part says that it failed and not why."""
    if all(one.diagnostic or one.reason or one.action != "failed" for one in listed):
        return listed
    told = {one.email.casefold(): one for one in freetext.recipients(freetext.told_part(text)[0], [], set())}
    found = []
    for one in listed:
        words = told.get(one.email.casefold())
        if one.diagnostic or one.reason or one.action != "failed" or words is None or not words.reason:
            found.append(one)
            continue
        status = words.status if words.status and one.status in ("", "5.0.0", "4.0.0") else one.status
        kind = codes.kind(status, codes.reply(words.diagnostic), words.reason, one.action)
        found.append(FailedRecipient(one.email, status, one.action, kind, words.reason, words.diagnostic))
    return found


def _complaint(told: dict[str, str], original: Headers | None) -> Report:
    names = ("original-rcpt-to", "removal-recipient", "original-recipient", "reported-recipient")
    found = [address for name in names if (address := addresses.one(told.get(name, "").rpartition(";")[2]))]
    to: tuple[str, ...] = ()
    if original is not None:
        held = addresses.one(raw_text(original.first("x-hmxmroriginalrecipient")))
        to = tuple(address.email for address in addresses.read(raw_text(original.first("to"))) if address.email)
        if not found and held:
            found = [held]
    listed = [address.email for address in found if address.email] or list(to[:1])
    sender = addresses.one(raw_text(original.first("from"))) if original else None
    return Report(
        kind="complaint",
        recipients=tuple(
            FailedRecipient(email=email, action="complained", kind="hard", reason="complaint")
            for email in dict.fromkeys(listed)
        ),
        original_message_id=_original_id(original),
        original_subject=header_text(original.first("subject")) if original else "",
        original_to=to,
        original_from=sender.email if sender else "",
        feedback_type=told.get("feedback-type", "abuse").lower(),
        standard="feedback-type" in told,
    )


def _receipt(told: dict[str, str], original: Headers | None) -> Report:
    found = addresses.one(told.get("final-recipient", "").rpartition(";")[2])
    read_by = (FailedRecipient(found.email, action="displayed", kind="delivered"),) if found else ()
    message_id = ids.first(told.get("original-message-id", "")) or _original_id(original)
    return Report("receipt", read_by, message_id, standard=True)


def _original(reading: Reading, leaves: list[Part]) -> Headers | None:
    """The headers of the mail that is reported on, where it is enclosed."""
    for part in leaves:
        if part.type in _ORIGINAL_PARTS:
            if part.encoding:
                data = data_of(reading, part, 256 * 1024)
                found = headers.read(data, 0, len(data), [])[0]
            else:
                found = headers.read(reading.raw, part.start, part.end, [])[0]
            if found.items:
                return found
    return None


def _headers_in(copy: str) -> Headers | None:
    """The headers of a returned mail that was written into the text."""
    lines = copy.split("\n")
    first = next((at for at, line in enumerate(lines[:40]) if re.match(r"[\s>]{0,4}[A-Za-z-]{2,40}:\s?\S", line)), None)
    if first is None:
        return None
    data = "\n".join(
        line.lstrip("> ") if line.startswith(">") else line for line in lines[first : first + 300]
    ).encode()
    return headers.read(data, 0, len(data), [])[0]


def _original_id(original: Headers | None) -> str:
    return ids.own(clean(raw_text(original.first("message-id")))) if original else ""


def _announced(block: Headers) -> list[str]:
    value = ", ".join(raw_text(one) for one in block.every("x-failed-recipients"))
    return [address.email for address in addresses.read(value) if address.email]


def _is_status(reading: Reading, part: Part) -> bool:
    sample = reading.raw[part.start : min(part.end, part.start + 20_000)].lower()
    return (
        b"final-recipient" in sample and not sample.lstrip().startswith(b">") and b"\n> final-recipient" not in sample
    )


def _text(reading: Reading, part: Part) -> str:
    return text_of(reading, part)[0].replace("\x00", "")


def _unique(listed: list[FailedRecipient]) -> list[FailedRecipient]:
    seen: dict[str, FailedRecipient] = {}
    for one in listed:
        seen.setdefault(one.email.casefold(), one)
    return list(seen.values())
