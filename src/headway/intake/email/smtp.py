"""Handing a mail to a server, and what it says about each recipient."""

import smtplib
import ssl
import sys
from typing import Final
from urllib.parse import unquote, urlsplit

from headway.intake.channel import Exit, Outcome, Outgoing

_SECONDS: Final = 60


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
    """A mail server: `smtp://user:password@host:587` (STARTTLS where offered) or `smtps://…`."""

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
            return _all(message, error)
        try:
            refused = server.sendmail(message.sender, list(message.recipients), message.raw)
        except smtplib.SMTPRecipientsRefused as error:
            return [_refused(one, *error.recipients[one]) for one in message.recipients]
        except smtplib.SMTPServerDisconnected as error:
            # the answer to the last dot may have been lost: the mail may be on its way
            return [Outcome(one, sent=False, reply=str(error)[:400], certain=False) for one in message.recipients]
        except (OSError, smtplib.SMTPException) as error:
            return _all(message, error)
        finally:
            _leave(server)
        return [
            _refused(one, *refused[one]) if one in refused else Outcome(one, sent=True, reply="250")
            for one in message.recipients
        ]

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        server: smtplib.SMTP
        if self.tls_first:
            server = smtplib.SMTP_SSL(self.host, self.port, timeout=_SECONDS, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=_SECONDS)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=context)
            elif self.user:
                server.close()
                raise smtplib.SMTPNotSupportedError("The server offers no encryption, so no password is sent to it.")
        if self.user:
            server.login(self.user, self.password)
        return server


def _all(message: Outgoing, error: Exception) -> list[Outcome]:
    permanent = False
    reply = f"{type(error).__name__}: {error}"
    if isinstance(error, smtplib.SMTPResponseException):
        permanent = 500 <= error.smtp_code < 600 and not isinstance(error, smtplib.SMTPAuthenticationError)
        reply = f"{error.smtp_code} {_text(error.smtp_error)}"
    certain = not isinstance(error, TimeoutError)
    return [
        Outcome(one, sent=False, reply=reply[:400], permanent=permanent, certain=certain) for one in message.recipients
    ]


def _refused(address: str, code: int, reply: bytes | str) -> Outcome:
    return Outcome(address, sent=False, reply=f"{code} {_text(reply)}"[:400], permanent=500 <= code < 600)


def _text(reply: bytes | str) -> str:
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)


def _leave(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()
