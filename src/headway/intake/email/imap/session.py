"""A connection that is signed in to a mailbox, with its folder open for reading only."""

import imaplib
import socket
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _
from imapclient.exceptions import IMAPClientError, LoginError

from headway.foundation.outward.places import internal
from headway.intake.email.imap.failures import Failure, explain, no_folder, provider_away, refused_login
from headway.intake.email.imap.wire import Client
from headway.intake.mailboxes import credentials
from headway.intake.models import Mailbox
from headway.intake.oauth import renewing

# What may go wrong while speaking to a server that says whatever it likes.
TROUBLE: Final = (OSError, imaplib.IMAP4.error, IMAPClientError, ValueError, LookupError, TypeError, AssertionError)

_SLOWEST: Final = 100_000  # bytes a second
_CHUNK: Final = 500


def cut(error: BaseException) -> bool:
    """Whether the connection is of no use any more after this error."""
    return isinstance(error, (OSError, imaplib.IMAP4.abort))


class Session:
    """The open folder. `validity` and `next_uid` as the server said them when it was opened.

    Its methods raise one of TROUBLE; after OSError and imaplib's abort the connection is of no use any more.
    """

    def __init__(self, client: Client, validity: int, next_uid: int) -> None:
        self._client = client
        self.validity = validity
        self.next_uid = next_uid

    @property
    def idles(self) -> bool:
        """Whether the server tells of new mail by itself (RFC 2177)."""
        return bool(self._client.has_capability("IDLE"))

    @property
    def pending(self) -> bool:
        """Whether something was received that nobody has read yet: a selector would not tell."""
        return self._client.pending

    def fileno(self) -> int:
        """For selectors."""
        return int(self._client.socket().fileno())

    @property
    def told(self) -> bool:
        """Whether the server told of new mail since the last search: it does so once, also at the end of an answer."""
        return self._client.told

    def search(self, criteria: str) -> list[int]:
        """The numbers of the mails that fit."""
        self._client.allow(seconds=60)
        self._client.forget_told()
        return [int(number) for number in self._client.search(criteria)]

    def facts(self, numbers: Sequence[int]) -> dict[int, tuple[int, datetime | None]]:
        """Size in bytes and day of arrival of each mail that the server tells them of."""
        return {
            number: (int(said[b"RFC822.SIZE"]), _aware(said.get(b"INTERNALDATE")))
            for number, said in self._fetch(numbers, "RFC822.SIZE", "INTERNALDATE").items()
            if b"RFC822.SIZE" in said
        }

    def since(self, at: datetime) -> list[int]:
        """The numbers of the mails that arrived in the second of an instant or after; one without a day of arrival is
        among them."""
        # the server's days may be those of any time zone
        numbers = self.search(f"SINCE {_day((at - timedelta(days=2)).date())}")
        said = self._fetch(numbers, "INTERNALDATE")
        arrived = ((number, _aware(said.get(number, {}).get(b"INTERNALDATE"))) for number in numbers)
        # the server's word is in whole seconds
        return [number for number, when in arrived if when is None or when >= at.replace(microsecond=0)]

    def mails(self, numbers: Sequence[int], size: int) -> dict[int, bytes]:
        """The bytes of these mails, `size` in all, without marking them as read. What is missing was not given out."""
        self._client.allow(seconds=120 + size / _SLOWEST, size=2 * size + 8 * 1024 * 1024)
        said = self._client.fetch(list(numbers), ["BODY.PEEK[]"])
        return {number: one[b"BODY[]"] for number, one in said.items() if isinstance(one.get(b"BODY[]"), bytes)}

    def header(self, number: int) -> bytes:
        """The header of one mail; empty when the server does not give it out."""
        self._client.allow(seconds=60, size=4 * 1024 * 1024)
        said = self._client.fetch([number], ["BODY.PEEK[HEADER]"]).get(number, {})
        header = said.get(b"BODY[HEADER]")
        return header if isinstance(header, bytes) else b""

    def wait(self) -> None:
        """Lets the server tell of new mail: from now on the connection can be watched, until `wake`."""
        self._client.allow(seconds=30)
        self._client.idle()

    def wake(self) -> None:
        """Ends the waiting; whatever the server told in it is found by the next search."""
        self._client.allow(seconds=30)
        self._client.idle_done()

    def refresh(self) -> None:
        """Lets the server tell what came meanwhile: a search alone looks at what it told last."""
        self._client.allow(seconds=30)
        self._client.noop()

    def leave(self) -> None:
        """Says goodbye."""
        self._client.leave()

    def close(self) -> None:
        """Ends the connection at once."""
        self._client.close()

    def cut(self) -> None:
        """Breaks the connection under whoever reads from it in another thread."""
        with suppress(OSError):
            # of the socket below the encryption, whose own state belongs to that thread
            socket.socket.shutdown(self._client.socket(), socket.SHUT_RDWR)

    def _fetch(self, numbers: Sequence[int], *what: str) -> dict[int, dict[bytes, Any]]:
        found: dict[int, dict[bytes, Any]] = {}
        for start in range(0, len(numbers), _CHUNK):
            self._client.allow(seconds=60)
            found.update(self._client.fetch(list(numbers[start : start + _CHUNK]), list(what)))
        return found


def open_session(mailbox: Mailbox) -> Session:
    """Connects, signs in and opens the folder. Raises Failure."""
    password, token = "", ""
    try:
        if mailbox.login == Mailbox.Logins.PASSWORD:
            password = credentials.read(mailbox).get("password", "")
        else:
            token = credentials.bearer(mailbox)
    except OSError as error:
        raise provider_away(error) from error
    except Exception as error:
        raise explain(error, mailbox.imap_host, mailbox.imap_port) from error
    try:
        client = sign_in(
            mailbox.imap_host,
            mailbox.imap_port,
            mailbox.imap_security,
            mailbox.user,
            password=password,
            token=token,
        )
    except Failure as failure:
        if failure.word == "sign_in":
            renewing.doubt(mailbox.pk)
        raise
    try:
        return open_folder(client, mailbox.imap_folder)
    except BaseException:
        client.close()
        raise


def sign_in(host: str, port: int, security: str, user: str, *, password: str = "", token: str = "") -> Client:
    """A connection signed in with a password, or with an access token of OAuth 2. Raises Failure."""
    client: Client | None = None
    try:
        if security == Mailbox.Securities.NONE and not internal(host):
            raise Failure("encryption", f"{host} may not be asked without encryption.")
        client = Client(host, port, encrypted=security == Mailbox.Securities.TLS)
        if security == Mailbox.Securities.STARTTLS and not client.encrypt():
            raise _no_encryption(host)
        _prove(client, user, password, token)
    except LoginError as error:
        _close(client)
        if isinstance(error.__context__, imaplib.IMAP4.abort):  # it hung up instead of answering
            raise explain(error.__context__, host, port) from error
        raise refused_login(_words(error), host, token=bool(token)) from error
    except Exception as error:
        _close(client)
        raise explain(error, host, port) from error
    return client


def open_folder(client: Client, name: str) -> Session:
    """Opens a folder for reading only, so that no flag of a mail can change. Raises Failure."""
    try:
        client.allow(seconds=60)
        said = client.select_folder(name, readonly=True)
        validity = int(said.get(b"UIDVALIDITY", 0))
        next_uid = int(said.get(b"UIDNEXT") or client.folder_status(name, ["UIDNEXT"])[b"UIDNEXT"])
    except (imaplib.IMAP4.abort, OSError) as error:
        raise explain(error, client.host, client.port) from error
    except TROUBLE as error:
        raise no_folder(name, _words(error), client.host) from error
    if validity < 1 or next_uid < 1:
        raise no_folder(name, "no UIDVALIDITY", client.host)
    return Session(client, validity, next_uid)


def _prove(client: Client, user: str, password: str, token: str) -> None:
    client.allow(seconds=60)
    if token:
        answers = iter([f"user={user}\x01auth=Bearer {token}\x01\x01".encode()])
        # a refusal comes as a challenge, to which nothing is the answer
        client.sasl_login("XOAUTH2", lambda _challenge: next(answers, b""))
    elif client.has_capability("AUTH=PLAIN") or not (user + password).isascii():
        client.sasl_login("PLAIN", lambda _challenge: f"\0{user}\0{password}".encode())
    else:
        client.login(user, password)


def _no_encryption(host: str) -> Failure:
    return Failure(
        "encryption", _("%(host)s does not offer STARTTLS. Nothing was sent. Choose TLS on port 993.") % {"host": host}
    )


def _words(error: BaseException) -> str:
    said = error.args[0] if error.args else ""
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)


def _aware(when: object) -> datetime | None:
    return when if isinstance(when, datetime) and when.tzinfo is not None else None


def _day(day: date) -> str:
    # not strftime: the names of months are English whatever the locale
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{day.day:02}-{months[day.month - 1]}-{day.year}"


def _close(client: Client | None) -> None:
    if client is not None:
        client.close()
