"""A reader of the live stream, as a browser is one, and the server it reads from."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from django.conf import settings
from django.test import Client

from headway.people.models import Agent
from headway.web.live.app import make

PATIENCE = 10


def cookie_of(agent: Agent) -> str:
    """The session of a browser in which the person has signed in."""
    client = Client()
    client.force_login(agent)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


class Reader:
    """One open line to the server."""

    def __init__(self, port: int, cookie: str = "", **headers: str) -> None:
        self.line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        asked = {"Host": f"127.0.0.1:{port}", "Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}", **headers}
        text = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in asked.items())
        self.line.sendall(f"GET /live/stream HTTP/1.1\r\n{text}\r\n".encode())
        self.heard = b""
        head = self._until(b"\r\n\r\n").decode()
        self.status = int(head.split()[1])
        self.headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if line)
        if self.status == 200:
            self._until(b"retry: 3000\n\n")

    def event(self) -> dict[str, Any]:
        """The next ticket event."""
        self._until(b"event: ticket\ndata: ")
        found: dict[str, Any] = json.loads(self._until(b"\n\n"))
        return found

    def ended(self) -> bool:
        """Whether the server ends the stream; waits for it."""
        return self._hear(PATIENCE, until=b"0\r\n\r\n")

    def settled(self) -> "Reader":
        """Itself, once it has heard (and forgotten) what happened just before it came."""
        while not self.silent(0.3):
            self.heard = b""
        return self

    def silent(self, seconds: float = 0.5) -> bool:
        """Whether nothing but heartbeats comes for so long."""
        return not self._hear(seconds) and b"event:" not in self.heard

    def _hear(self, seconds: float, until: bytes = b"\0") -> bool:
        """Takes in what comes for so long; whether the line ended, or what comes ends so."""
        end = time.monotonic() + seconds
        try:
            while (left := end - time.monotonic()) > 0:
                self.line.settimeout(left)
                piece = self.line.recv(4096)
                self.heard += piece
                if not piece or self.heard.endswith(until):
                    return True
        except TimeoutError:
            pass
        finally:
            self.line.settimeout(PATIENCE)
        return False

    def close(self) -> None:
        """Goes away without a word, as browsers do."""
        self.line.close()

    def _until(self, mark: bytes) -> bytes:
        while mark not in self.heard:
            piece = self.line.recv(65536)
            if not piece:
                raise EOFError(self.heard)
            self.heard += piece
        before, _mark, self.heard = self.heard.partition(mark)
        return before


@contextmanager
def serving() -> Iterator[int]:
    """A live process in a thread; its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    config = uvicorn.Config(
        make(), host="127.0.0.1", port=port, log_config=None, access_log=False, lifespan="on",
        timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        _until_ready(port)
        yield port
    finally:
        server.should_exit = True
        thread.join()


def _until_ready(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
                line.sendall(b"GET /live/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                if line.recv(4096).startswith(b"HTTP/1.1 200"):
                    return
        except OSError:
            pass
        time.sleep(0.02)
    raise TimeoutError("the live process is not ready")
