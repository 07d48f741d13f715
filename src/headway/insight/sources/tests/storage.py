"""Where help desks keep files: a server with a certificate, reached by a public address that leads to loopback."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from headway.foundation import outward
from headway.foundation.tests.test_outward import _certificate
from headway.insight.sources.tests.desks import Answer, Asked, Desk, fine, moved, serving

HOST = "storage.example"
ADDRESS = f"https://{HOST}"
_PUBLIC = "93.184.216.34"


def answer(asked: Asked) -> Answer:
    """`/away` sends on and on; what is asked for with a token is a mistake; a name says what its file holds."""
    if "authorization" in asked.headers:
        return 500, {}, {}
    if asked.path == "/away":
        return moved(f"{ADDRESS}/901")
    return fine(b"f" + asked.path.rsplit("/", 1)[-1].partition(".")[0].encode()[:3])


@contextmanager
def storing(monkeypatch: pytest.MonkeyPatch, folder: Path, says: Callable[[Asked], Answer] = answer) -> Iterator[Desk]:
    """The storage, until the block ends."""
    certificate = _certificate(folder, HOST)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    outward.encryption.cache_clear()
    look_up, connect = socket.getaddrinfo, socket.create_connection
    with serving(says, context) as desk:

        def getaddrinfo(host: str, port: int, *more: Any, **others: Any) -> list[Any]:
            if host == HOST:
                return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (_PUBLIC, port))]
            return look_up(host, port, *more, **others)

        def create_connection(address: tuple[str, int], **more: Any) -> socket.socket:
            return connect(("127.0.0.1", desk.port) if address[0] == _PUBLIC else address, **more)

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        monkeypatch.setattr(socket, "create_connection", create_connection)
        try:
            yield desk
        finally:
            outward.encryption.cache_clear()
