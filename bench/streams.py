"""Many readers of the live stream at once, as light as they can be: one thread for all of them."""

import selectors
import socket
import time
from collections.abc import Sequence
from threading import Thread
from types import TracebackType
from typing import Self


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Streams:
    """Open streams for these sessions. `last` waits until each has heard of one more change."""

    def __init__(self, port: int, sessions: Sequence[str], *, origin: str) -> None:
        self._selector = selectors.DefaultSelector()
        self._lines = []
        for session in sessions:
            line = socket.create_connection(("127.0.0.1", port), timeout=30)
            line.sendall(
                f"GET /live/stream HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {origin}\r\n"
                f"Cookie: headway_session={session}\r\n\r\n".encode()
            )
            self._lines.append(line)
        for line in self._lines:
            head = line.recv(4096)
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(head[:200].decode())
            self._selector.register(line, selectors.EVENT_READ)
        self._heard: dict[socket.socket, float] = {}
        self._going = True
        self._thread = Thread(target=self._listen, daemon=True)

    def __enter__(self) -> Self:
        time.sleep(1)
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._going = False
        self._thread.join()
        for line in self._lines:
            line.close()
        self._selector.close()

    def last(self, patience: float = 10) -> float:
        """When, by the clock, the last of them heard; then all begin anew. Raises TimeoutError."""
        deadline = time.monotonic() + patience
        while len(self._heard) < len(self._lines):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(self._heard)} of {len(self._lines)} heard")
            time.sleep(0.005)
        latest = max(self._heard.values())
        self._heard = {}
        return latest

    def _listen(self) -> None:
        while self._going:
            for key, _events in self._selector.select(timeout=0.2):
                line = key.fileobj
                assert isinstance(line, socket.socket)
                if b"event: ticket" in line.recv(65536):
                    self._heard.setdefault(line, time.time())
