"""Requests to other servers: pinned to a judged address, encrypted, never redirected, bounded in size and time."""

import http.client
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from headway.foundation.outward.places import Refused, connect, internal

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
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in ("https", "http") or not host or parts.username is not None:
        raise Refused("Only addresses that begin with https:// can be asked.")
    if parts.scheme == "http" and not internal(host):
        raise Refused(f"{host} would be asked without encryption. Use https://.")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    deadline = time.monotonic() + timeout
    line = _Line(host, port, timeout, encrypted=parts.scheme == "https")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        line.request(method, path, body=body, headers=dict(headers or {}))
        answer = line.getresponse()
        said = bytearray()
        while piece := answer.read(_PIECE):
            said += piece
            if len(said) > most_bytes:
                raise OSError(f"{host} answered with more than {most_bytes:,} bytes.")
            if time.monotonic() > deadline:
                raise TimeoutError(f"{host} took more than {timeout:g} seconds.")
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, bytes(said))
    except http.client.HTTPException as error:
        raise OSError(f"{host} did not answer as a web server does.") from error
    finally:
        line.close()


class _Line(http.client.HTTPConnection):
    """A connection to the judged address, the certificate checked against the name."""

    sock: socket.socket

    def __init__(self, host: str, port: int, timeout: float, *, encrypted: bool) -> None:
        super().__init__(host, port, timeout=timeout)
        self._seconds = timeout
        self._encrypted = encrypted
        self.default_port = 443 if encrypted else 80  # left out of the Host header

    def connect(self) -> None:
        plain = connect(self.host, self.port, timeout=self._seconds)
        if not self._encrypted:
            self.sock = plain
            return
        try:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
        except OSError:
            plain.close()
            raise
