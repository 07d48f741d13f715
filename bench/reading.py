"""Mails read by the standard library alone: what a careful stranger finds in them, to compare our own reading with."""

import email
import email.header
import email.utils
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

_HEADERS = {"from", "to", "subject", "received", "date", "message-id", "content-type", "mime-version", "return-path"}
_DAEMON = re.compile(r"mailer-daemon|postmaster|mail delivery|microsoft outlook|complaint|abuse", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>;,\"]+@[^\s<>;,\"]+")


@dataclass
class Reading:
    """One mail. `sizes` are those of the files it carries; `failed` maps addresses of a delivery status to actions."""

    is_mail: bool
    subject: str = ""
    senders: list[str] = field(default_factory=list)
    has_text: bool = False
    sizes: list[int] = field(default_factory=list)
    returned: bool = False  # by its headers or parts it reports on another mail
    complaint: bool = False
    failed: dict[str, str] = field(default_factory=dict)


def read(raw: bytes) -> Reading:
    """What the standard library (policy compat32) finds."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        message = email.message_from_bytes(raw)
        if not {name.lower() for name in message} & _HEADERS:
            return Reading(is_mail=False)
        found = Reading(is_mail=True, subject=_subject(message), senders=_senders(message))
        for part in _leaves(message):
            _look(part, found)
    named = bool(_DAEMON.search(" ".join(str(value) for value in message.get_all("from", []))))
    empty = str(message.get("return-path", "")).strip() == "<>"
    found.returned = found.returned or named or empty or "x-failed-recipients" in message
    for address in _ADDRESS.findall(str(message.get("x-failed-recipients", ""))):
        found.failed.setdefault(address.lower(), "failed")
    return found


def _look(part: Message, found: Reading) -> None:
    kind = part.get_content_type()
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    if part.get_content_disposition() == "attachment":
        found.sizes.append(len(data))
    elif kind in ("text/plain", "text/html"):
        found.has_text = found.has_text or bool(re.sub(rb"<[^>]*>|&nbsp;|\s", b"", data))
    elif kind == "message/feedback-report":
        found.complaint = found.returned = True


def _leaves(message: Message, depth: int = 0) -> Iterator[Message]:
    if message.get_content_type() == "message/delivery-status":
        return
    parts = message.get_payload()
    if isinstance(parts, list) and depth < 40:
        if message.get_content_type().startswith("message/"):
            return
        for part in parts:
            if isinstance(part, Message):
                yield from _leaves(part, depth + 1)
    else:
        yield message


def statuses(raw: bytes) -> dict[str, str]:
    """Address and action of each recipient of a delivery status, as the parts say that are written as RFC 3464 asks."""
    found: dict[str, str] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for part in email.message_from_bytes(raw).walk():
            blocks = part.get_payload()
            if part.get_content_type() != "message/delivery-status" or not isinstance(blocks, list):
                continue
            for block in blocks:
                if not isinstance(block, Message):
                    continue
                named = [str(block.get(name, "")) for name in ("original-recipient", "final-recipient")]
                address = next((match[0] for one in named if (match := _ADDRESS.search(one.partition(";")[2]))), "")
                if address:
                    found.setdefault(address.lower().strip("'"), str(block.get("action", "")).split(" ")[0].lower())
    return found


def _subject(message: Message) -> str:
    try:
        value = str(email.header.make_header(email.header.decode_header(str(message.get("subject", "")))))
    except (LookupError, ValueError, UnicodeError):
        value = str(message.get("subject", ""))
    return " ".join(value.split())


def _senders(message: Message) -> list[str]:
    pairs = email.utils.getaddresses([str(value) for value in message.get_all("from", [])])
    return [address.lower() for _, address in pairs if "@" in address]
