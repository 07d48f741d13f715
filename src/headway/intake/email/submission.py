"""Sending by a mailbox: its server, its sign-in, its signature; how it fares is noted."""

import smtplib
import socket
import ssl
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from headway.foundation import outward
from headway.foundation.errors import HeadwayError
from headway.foundation.outward.places import internal
from headway.intake.channel import Exit, Outcome, Outgoing
from headway.intake.email import signing, smtp
from headway.intake.email.smtp import Console, Smtp, exit_for
from headway.intake.mailboxes import credentials, health
from headway.intake.models import Mailbox

_CONNECT_SECONDS: Final = 30


class Failed(Exception):
    """The mailbox's server cannot be used now. `failure` is a word for programs, the text a sentence for people."""

    def __init__(self, failure: str, sentence: str) -> None:
        super().__init__(sentence)
        self.failure = failure


class Submission:
    """The way out of one mailbox."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox

    def send(self, message: Outgoing) -> list[Outcome]:
        try:
            raw = signed(self.mailbox, message.raw)
            server = connect(self.mailbox)
        except Failed as error:
            health.sending_failed(self.mailbox.pk, error=str(error), failure=error.failure)
            return [Outcome(one, sent=False, reply=str(error)) for one in message.recipients]
        try:
            outcomes = smtp.hand_over(server, Outgoing(message.sender, message.recipients, raw))
        finally:
            smtp.leave(server)
        if any(one.sent for one in outcomes):
            health.sent(self.mailbox.pk)
        return outcomes


def way_out(mailbox: Mailbox | None, *, is_sample: bool) -> Exit:
    """By which way a mail leaves: the mailbox's server, else the installation's. Sample data never leaves the
    machine."""
    if is_sample:
        return Console()
    if mailbox is not None and mailbox.smtp_host:
        return Submission(mailbox)
    way = exit_for(str(settings.HEADWAY.mail))
    return Signing(way, mailbox) if mailbox is not None and mailbox.dkim_selector and isinstance(way, Smtp) else way


class Signing:
    """The installation's way out, with the mailbox's signature on what leaves."""

    def __init__(self, way: Exit, mailbox: Mailbox) -> None:
        self.way = way
        self.mailbox = mailbox

    def send(self, message: Outgoing) -> list[Outcome]:
        try:
            raw = signed(self.mailbox, message.raw)
        except Failed as error:
            health.sending_failed(self.mailbox.pk, error=str(error), failure=error.failure)
            return [Outcome(one, sent=False, reply=str(error)) for one in message.recipients]
        return self.way.send(Outgoing(message.sender, message.recipients, raw))


def signed(mailbox: Mailbox, raw: bytes) -> bytes:
    """The mail with the mailbox's DKIM signature, as it is where that has no key. Raises Failed."""
    if not mailbox.dkim_selector:
        return raw
    try:
        pem = credentials.read(mailbox).get("dkim_key", "")
        if not pem:
            return raw
        domain = mailbox.address.address.rpartition("@")[2]
        return signing.signed(raw, selector=mailbox.dkim_selector, domain=domain, pem=pem)
    except HeadwayError as error:
        raise Failed("signature", error.message) from error


def connect(mailbox: Mailbox) -> smtplib.SMTP:
    """A connection to the mailbox's server, encrypted and signed in. Raises Failed."""
    host = mailbox.smtp_host
    try:
        server = _encrypted(mailbox)
    except outward.Refused as error:
        raise Failed("refused", str(error)) from error
    except ssl.SSLCertVerificationError as error:
        raise Failed(
            "certificate",
            _("The certificate of %(host)s cannot be trusted: %(why)s. Nothing was sent to it.")
            % {"host": host, "why": error.verify_message},
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Failed("encryption", _("%(host)s: %(why)s.") % {"host": host, "why": error}) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Failed(
            "unreachable",
            _("%(host)s does not answer on port %(port)d (%(why)s). It is tried again by itself.")
            % {"host": host, "port": mailbox.smtp_port, "why": _why(error)},
        ) from error
    try:
        _sign_in(server, mailbox)
    except Failed:
        server.close()
        raise
    except (OSError, smtplib.SMTPException) as error:
        server.close()
        raise Failed("unreachable", f"{host}: {_why(error)}") from error
    return server


def _encrypted(mailbox: Mailbox) -> smtplib.SMTP:
    """Connected by the one judged way out, and encrypted before anything else is said."""
    context = ssl.create_default_context()
    name = _own_name()
    host, port = mailbox.smtp_host, mailbox.smtp_port
    if mailbox.smtp_security == Mailbox.Securities.TLS:
        return _EncryptedLine(host, port, local_hostname=name, timeout=_CONNECT_SECONDS, context=context)
    server = _Line(host, port, local_hostname=name, timeout=_CONNECT_SECONDS)
    try:
        server.ehlo_or_helo_if_needed()
        if mailbox.smtp_security == Mailbox.Securities.STARTTLS:
            if not server.has_extn("starttls"):
                raise smtplib.SMTPNotSupportedError(_("it offers no encryption, so nothing is sent to it"))
            server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
        elif not internal(host):
            raise smtplib.SMTPNotSupportedError(_("only hosts of your own network may go without encryption"))
    except BaseException:
        server.close()
        raise
    return server


def _sign_in(server: smtplib.SMTP, mailbox: Mailbox) -> None:
    user = mailbox.smtp_user or mailbox.user
    try:
        if mailbox.login != Mailbox.Logins.PASSWORD:
            said = f"user={user}\x01auth=Bearer {credentials.bearer(mailbox)}\x01\x01"
            server.ehlo_or_helo_if_needed()
            server.auth("XOAUTH2", lambda challenge=None: said if challenge is None else "")
            return
        secrets = credentials.read(mailbox)
        password = secrets.get("smtp_password") or secrets.get("password", "")
        server.ehlo_or_helo_if_needed()
        # a relay of one's own network may ask nobody who they are; one that should refuses the mail itself
        if password and server.has_extn("auth"):
            server.login(user, password)
    except smtplib.SMTPAuthenticationError as error:
        raise Failed(
            "sign-in",
            _(
                "%(host)s refuses the user name or password of this mailbox (%(code)d). Nothing is lost: enter them "
                "again in the mailbox's settings, and what waits leaves."
            )
            % {"host": mailbox.smtp_host, "code": error.smtp_code},
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Failed(
            "sign-in", _("%(host)s does not let anybody sign in on this port.") % {"host": mailbox.smtp_host}
        ) from error
    except HeadwayError as error:
        raise Failed("sign-in", error.message) from error


def _own_name() -> str:
    """What we call ourselves: the host people know us by, else an address literal."""
    host = urlsplit(settings.HEADWAY.public_url).hostname or ""
    return host if "." in host and not host.replace(".", "").isdigit() else "[127.0.0.1]"


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return _("no answer in %(n)d seconds") % {"n": _CONNECT_SECONDS}
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return f"{error.smtp_code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"[:200]
    return (str(error) or type(error).__name__)[:200]


class _Line(smtplib.SMTP):
    """A connection pinned to the address that was judged."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return outward.connect(host, port, timeout=timeout)


class _EncryptedLine(smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = outward.connect(host, port, timeout=timeout)
        try:
            return self.context.wrap_socket(plain, server_hostname=host)
        except OSError:
            plain.close()
            raise
