"""IMAPClient on a connection of ours: to a judged address, encrypted, bounded in time and in bytes."""

import imaplib
import io
import os
import socket
import ssl
import time
from functools import lru_cache
from typing import Any, Final

from imapclient import IMAPClient, SocketTimeout

from headway.foundation import outward

_PIECE: Final = 65_536
_CONNECT_SECONDS: Final = 15.0
_SILENT_SECONDS: Final = 30.0
_SMALL: Final = 64 * 1024 * 1024  # of one command that fetches no mail: numbers of millions of mails


class Wire(imaplib.IMAP4):
    """imaplib with its reading and connecting replaced. `allowance`: bytes the server may still send for a command;
    `deadline`: the monotonic second at which whatever is read fails."""

    sock: socket.socket

    def __init__(self, host: str, port: int, *, encrypted: bool) -> None:
        self._encrypted = encrypted
        self._held = bytearray()
        self.allowance = _SMALL
        self.deadline = time.monotonic() + 2 * _SILENT_SECONDS
        super().__init__(host, port)

    @property
    def pending(self) -> bool:
        """Whether something was received already that nobody has read: no selector will tell of it."""
        return bool(self._held) or (isinstance(self.sock, ssl.SSLSocket) and self.sock.pending() > 0)

    def open(self, host: str = "", port: int = 993, timeout: float | None = None) -> None:  # noqa: ARG002
        """Connects."""
        self.host, self.port = host, port
        plain = outward.connect(host, port, timeout=_CONNECT_SECONDS)
        _keep_alive(plain)
        self.sock = plain
        if self._encrypted:
            self._wrap()
        self.sock.settimeout(_SILENT_SECONDS)

    def encrypt(self) -> None:
        """Goes on encrypted after STARTTLS. What came before that unencrypted is no part of it: then it fails."""
        if self._held:
            raise self.abort("the server spoke on before the connection was encrypted")
        self.sock.settimeout(_CONNECT_SECONDS)
        self._wrap()
        self.sock.settimeout(_SILENT_SECONDS)
        self.untagged_responses = {}
        self._get_capabilities()

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes, held once however many they are."""
        if size > self.allowance:
            raise self.abort(f"the server wants to send {size} bytes, which are more than were asked for")
        found = io.BytesIO()
        found.write(self._held[:size])
        del self._held[:size]
        while (left := size - found.tell()) > 0:
            found.write(self._receive(min(left, _PIECE)))
        return found.getvalue()

    def readline(self) -> bytes:
        """One line with its end."""
        start = 0
        while (end := self._held.find(b"\n", start)) < 0:
            start = len(self._held)
            self._held += self._receive(_PIECE)
        line = bytes(self._held[: end + 1])
        del self._held[: end + 1]
        return line

    def shutdown(self) -> None:
        """Closes the connection."""
        self.sock.close()

    def _receive(self, most: int) -> bytes:
        if time.monotonic() > self.deadline:
            raise TimeoutError("the server is too slow")
        piece = self.sock.recv(most)
        if not piece:
            raise self.abort("the server closed the connection")
        self.allowance -= len(piece)
        if self.allowance < -_PIECE:
            raise self.abort("the server sends more than was asked for")
        return piece

    def _wrap(self) -> None:
        plain = self.sock
        try:
            self.sock = trust(*_trusted(), int(time.time() // 3600)).wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise


class Client(IMAPClient):  # type: ignore[misc]
    """A connection that is not signed in yet. Opening one raises what `failures.explain` explains."""

    _imap: Wire

    def __init__(self, host: str, port: int, *, encrypted: bool) -> None:
        super().__init__(host, port, ssl=encrypted, timeout=SocketTimeout(_CONNECT_SECONDS, _SILENT_SECONDS))
        self.normalise_times = False
        # neither what is sent (passwords) nor what comes (mails) belongs in a log
        self._imap.debug = 0

    def allow(self, *, seconds: float, size: int | None = None) -> None:
        """Bounds what comes next: all of it within `seconds` and `size` bytes (what a command without mail takes)."""
        self._imap.deadline = time.monotonic() + seconds
        self._imap.allowance = _SMALL if size is None else size

    @property
    def pending(self) -> bool:
        """Whether something was received already that nobody has read."""
        return self._imap.pending

    def forget_told(self) -> None:
        """What the server told of new mail until now is found by the search that follows."""
        self._imap.untagged_responses.pop("EXISTS", None)

    @property
    def told(self) -> bool:
        """Whether the server told of new mail since."""
        return "EXISTS" in self._imap.untagged_responses

    def encrypt(self) -> bool:
        """STARTTLS; False when the server does not offer it."""
        if not self.has_capability("STARTTLS"):
            return False
        kind, said = self._imap._simple_command("STARTTLS")  # noqa: SLF001
        self._checkok("starttls", kind, said)
        self._imap.encrypt()
        self._starttls_done = True
        self._cached_capabilities = None
        return True

    def close(self) -> None:
        """Ends the connection without ceremony."""
        self._imap.shutdown()

    def leave(self) -> None:
        """Says goodbye and ends the connection; whatever goes wrong, it is ended."""
        try:
            self.allow(seconds=3.0)
            self.socket().settimeout(3.0)
            self._imap.logout()
        except (imaplib.IMAP4.error, OSError):
            self.close()

    def _create_IMAP4(self) -> Wire:  # noqa: N802 - IMAPClient's name
        return Wire(self.host, self.port, encrypted=self.ssl)


@lru_cache(maxsize=2)
def trust(file: str | None, folder: str | None, hour: int) -> ssl.SSLContext:  # noqa: ARG001 - read anew each hour
    """Whom we trust, shared by all connections: one of its own would cost each of them a megabyte."""
    return ssl.create_default_context()


def _trusted() -> tuple[str | None, str | None]:
    return os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")


def _keep_alive(sock: socket.socket) -> None:
    """A server that vanished is noticed in two minutes, also while nobody says anything."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 15), ("TCP_KEEPCNT", 4), ("TCP_USER_TIMEOUT", 120_000)):
        option: Any = getattr(socket, name, None)
        if option is not None:
            sock.setsockopt(socket.IPPROTO_TCP, option, value)
