"""A help desk on loopback that answers as its source asks, and keeps what it was asked."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def line(self) -> str:
        """Path and query, to compare."""
        shown = "&".join(f"{name}={value}" for name, value in sorted(self.query.items()))
        return f"{self.path}?{shown}" if shown else self.path


Answer = tuple[int, Any, dict[str, str]]


def fine(said: Any, **headers: str) -> Answer:
    """An answer that grants."""
    return 200, said, headers


BUSY: Answer = (429, {"error": "too many"}, {"Retry-After": "0"})


@dataclass
class Desk:
    """`answer` decides; `asked` is everything that came, in order."""

    answer: Callable[[Asked], Answer]
    port: int = 0
    asked: list[Asked] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        return [one.line for one in self.asked]


def moved(address: str) -> Answer:
    """An answer that sends on."""
    return 302, b"", {"Location": address}


@contextmanager
def serving(answer: Callable[[Asked], Answer], context: ssl.SSLContext | None = None) -> Iterator[Desk]:
    """The desk, listening on a free port until the block ends; encrypted where a `context` is given."""
    desk = Desk(answer)

    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def handle_one(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            one = Asked(self.command, parts.path, dict(parse_qsl(parts.query)), headers, body)
            desk.asked.append(one)
            status, said, more = desk.answer(one)
            sent = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        do_GET = do_POST = handle_one  # noqa: N815 (the library's names)

        def log_message(self, *_said: object) -> None:
            """Silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        desk.port = server.server_address[1]
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield desk
        finally:
            server.shutdown()
            thread.join(10)
