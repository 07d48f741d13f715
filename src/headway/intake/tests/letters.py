"""Mails as tests send them, and the door they go through."""

import itertools

from headway.intake.channel import Arrival
from headway.intake.email import processing
from headway.intake.email.receiving import keep
from headway.intake.models import RawMail
from headway.tickets.models import Message

_numbers = itertools.count(1)


def letter(
    text: str = "I cannot sign in.",
    *headers: str,
    sender: str = "Dana Example <dana@example.com>",
    subject: str = "Login",
    message_id: str | None = None,
    to: str = "help@desk.example",
) -> bytes:
    """One raw mail."""
    name = message_id or f"m{next(_numbers)}@example.com"
    lines = [f"Message-ID: <{name}>", f"From: {sender}", f"To: {to}", f"Subject: {subject}", *headers]
    return "\r\n".join([*lines, "", text, ""]).encode()


def arrive(raw: bytes, *, key: str = "", process: bool = True) -> RawMail:
    """The mail comes in by the pipe and is processed."""
    (raw_id,) = keep([Arrival("pipe", key or f"k{next(_numbers)}", raw)])
    if process:
        while processing.process_waiting():
            pass
    return RawMail.objects.get(pk=raw_id)


def message_of(raw: bytes) -> Message:
    """What a mail became."""
    row = arrive(raw)
    assert row.message is not None, (row.state, row.error)
    return row.message
