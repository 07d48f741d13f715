"""Requests to other servers: pinned to a judged address, encrypted, never redirected, bounded in size and time."""

import http.client
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from headway.foundation.outward.places import Refused, connect, internal
from headway.foundation.outward.timed import TimedSocket

_PIECE: Final = 65_536


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. A redirection is an answer like any other: nobody follows it."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes

    @property
    def ok(self) -> bool:
        """Whether the request was granted."""
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Coming:
    """What a server says, while it comes in."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    host: str
    response: http.client.HTTPResponse

    def pieces(self, most_bytes: int) -> Iterator[bytes]:
        """Its body. Raises OSError when that is more than `most_bytes`, breaks off or comes too late."""
        read = 0
        with _meaning(self.host):
            while piece := self.response.read1(_PIECE):
                read += len(piece)
                if read > most_bytes:
                    raise OSError(f"{self.host} answered with more than {most_bytes:,} bytes.")
                yield piece
            if self.response.length:  # closed before all of what it had announced
                raise OSError(f"{self.host} broke its answer off.")


def request(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    timeout: float = 10.0,
    most_bytes: int = 1_000_000,
) -> Answer:
    """One request. `timeout` in seconds bounds the whole of it, `most_bytes` the answer.

    Raises Refused for an address that may not be asked, OSError (TimeoutError, ssl.SSLError, …) when the server
    cannot be reached, answers nonsense, too much or too late.
    """
    with stream(method, url, headers=headers, body=body, timeout=timeout) as coming:
        said = bytearray()
        for piece in coming.pieces(most_bytes):
            said += piece
        return Answer(coming.status, coming.headers, bytes(said))


@contextmanager
def stream(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    timeout: float = 10.0,
    public: bool = False,
) -> Iterator[Coming]:
    """The same, its body read by the caller piece by piece. `public`: hosts of our own network are refused as well."""
    try:
        parts = urlsplit(url)
        given_port = parts.port
    except ValueError as error:
        raise Refused(_("This is no address of a web server.")) from error
    host = parts.hostname or ""
    if parts.scheme not in ("https", "http") or not host or parts.username is not None:
        raise Refused(_("Only addresses that begin with https:// can be asked."))
    if parts.scheme == "http" and (public or not internal(host)):
        raise Refused(_("%(host)s would be asked without encryption. Use https://.") % {"host": host})
    port = given_port or (443 if parts.scheme == "https" else 80)
    line = _Line(host, port, timeout, encrypted=parts.scheme == "https", public=public)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with _meaning(host):
            line.request(method, path, body=body, headers=dict(headers or {}))
            answer = line.getresponse()
        yield Coming(answer.status, {name.lower(): value for name, value in answer.getheaders()}, host, answer)
    finally:
        line.close()


@contextmanager
def _meaning(host: str) -> Iterator[None]:
    """What goes wrong in a conversation, as the two errors that our callers know."""
    try:
        yield
    except http.client.HTTPException as error:
        raise OSError(f"{host} did not answer as a web server does.") from error
    except OSError:  # before ValueError: a certificate that does not fit is both
        raise
    except ValueError as error:  # a host, path or header that cannot be written down
        raise Refused(_("This address cannot be asked.")) from error


class _Line(http.client.HTTPConnection):
    """A connection to the judged address, the certificate checked against the name, all within the time."""

    sock: Any

    def __init__(self, host: str, port: int, timeout: float, *, encrypted: bool, public: bool) -> None:
        super().__init__(host, port, timeout=timeout)
        self._public = public
        self._deadline = time.monotonic() + timeout
        self._encrypted = encrypted
        self.default_port = 443 if encrypted else 80  # left out of the Host header

    def connect(self) -> None:
        plain = connect(self.host, self.port, timeout=self._deadline - time.monotonic(), public=self._public)
        timed = TimedSocket(plain, self.host, self._deadline)
        if self._encrypted:
            try:
                timed.wait()
                timed.connection = encryption().wrap_socket(plain, server_hostname=self.host)
            except (OSError, ValueError):
                plain.close()
                raise
        self.sock = timed


@lru_cache(maxsize=1)
def encryption() -> ssl.SSLContext:
    """How every server is spoken to: its certificate signed by somebody this machine trusts, for the name we asked.

    Made once: reading what the machine trusts takes longer than a request.
    """
    return ssl.create_default_context()
