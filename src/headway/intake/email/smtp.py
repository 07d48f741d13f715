"""Handing a mail to a server, and what it says about each recipient."""

import smtplib
import ssl
import sys
from typing import Final
from urllib.parse import unquote, urlsplit

from headway.intake.channel import Exit, Outcome, Outgoing

SECONDS: Final = 60
_REPLY: Final = 400  # characters of what a server says


def exit_for(address: str) -> Exit:
    """The way out that HEADWAY_MAIL names."""
    return Console() if address == "console" else Smtp(address)


class Console:
    """Development and demo: every mail is printed, and counts as sent."""

    def send(self, message: Outgoing) -> list[Outcome]:
        text = message.raw.decode("utf-8", "replace").replace("\r\n", "\n")
        sys.stderr.write(f"--- mail to {', '.join(message.recipients)}\n{text}\n---\n")
        return [Outcome(one, sent=True, reply="printed to the console") for one in message.recipients]


class Smtp:
    """A mail server: `smtp://user:password@host:587` (STARTTLS where offered) or `smtps://…`.

    The engineer who sets HEADWAY_MAIL may name any host, so it is connected to as it is.
    """

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.host = parts.hostname or "localhost"
        self.tls_first = parts.scheme == "smtps"
        self.port = parts.port or (465 if self.tls_first else 587)
        self.user = unquote(parts.username or "")
        self.password = unquote(parts.password or "")

    def send(self, message: Outgoing) -> list[Outcome]:
        try:
            server = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            return all_refused(message, error)
        try:
            return hand_over(server, message)
        finally:
            leave(server)

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        server: smtplib.SMTP
        if self.tls_first:
            server = smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=SECONDS)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=context)
            elif self.user:
                server.close()
                raise smtplib.SMTPNotSupportedError("The server offers no encryption, so no password is sent to it.")
        if self.user:
            server.login(self.user, self.password)
        return server


def hand_over(server: smtplib.SMTP, message: Outgoing) -> list[Outcome]:
    """Gives one mail to a connected server. Never raises for what it says, or for a connection that breaks."""
    refused: dict[str, Outcome] = {}
    try:
        server.ehlo_or_helo_if_needed()
        begun = _begin(server, message)
        if begun is not None:
            return [begun if begun.address == one else _same(begun, one) for one in message.recipients]
        for one in message.recipients:
            told = _recipient(server, one)
            if told is not None:
                refused[one] = told
        if len(refused) == len(message.recipients):
            return list(refused.values())
    except (OSError, smtplib.SMTPException) as error:
        return all_refused(message, error)  # the mail itself was not handed over yet
    try:
        code, said = server.data(message.raw)
    except smtplib.SMTPDataError as error:
        code, said = error.smtp_code, _bytes(error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        # the answer to the last dot may have been lost: the mail may be on its way
        lost = _sentence(error)
        return [refused.get(one) or Outcome(one, sent=False, reply=lost, certain=False) for one in message.recipients]
    taken = code == 250
    return [
        refused.get(one) or (Outcome(one, sent=True, reply=_said(code, said)) if taken else _refused(one, code, said))
        for one in message.recipients
    ]


def all_refused(message: Outgoing, error: Exception) -> list[Outcome]:
    """Nothing was handed over, to nobody."""
    permanent, reply = False, _sentence(error)
    if isinstance(error, smtplib.SMTPResponseException):
        permanent = 500 <= error.smtp_code < 600 and not isinstance(error, smtplib.SMTPAuthenticationError)
        reply = _said(error.smtp_code, _bytes(error.smtp_error))
    return [Outcome(one, sent=False, reply=reply, permanent=permanent) for one in message.recipients]


def leave(server: smtplib.SMTP) -> None:
    """Ends a connection, whatever state it is in."""
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


def _begin(server: smtplib.SMTP, message: Outgoing) -> Outcome | None:
    """Names the sender; what the server has against it, None for nothing."""
    options = []
    if server.has_extn("size"):
        options.append(f"SIZE={len(message.raw)}")
    if server.has_extn("8bitmime") and not message.raw.isascii():
        options.append("BODY=8BITMIME")
    if not all(one.isascii() for one in (message.sender, *message.recipients)) and server.has_extn("smtputf8"):
        options.append("SMTPUTF8")
        server.command_encoding = "utf-8"
    code, said = server.mail(message.sender, options)
    return None if code == 250 else _refused(message.recipients[0], code, said)


def _recipient(server: smtplib.SMTP, address: str) -> Outcome | None:
    """Names one recipient; what the server has against it, None for nothing."""
    if not address.isascii() and server.command_encoding == "ascii":
        reply = "The mail server takes no addresses with letters beyond ASCII (SMTPUTF8)."
        return Outcome(address, sent=False, reply=reply, permanent=True)
    code, said = server.rcpt(address)
    return None if code in (250, 251) else _refused(address, code, said)


def _same(outcome: Outcome, address: str) -> Outcome:
    return Outcome(address, sent=False, reply=outcome.reply, permanent=outcome.permanent)


def _refused(address: str, code: int, reply: bytes) -> Outcome:
    return Outcome(address, sent=False, reply=_said(code, reply), permanent=500 <= code < 600)


def _said(code: int, reply: bytes) -> str:
    return f"{code} {reply.decode('utf-8', 'replace')}"[:_REPLY]


def _bytes(reply: bytes | str) -> bytes:
    return reply if isinstance(reply, bytes) else str(reply).encode()


def _sentence(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:_REPLY]
