"""A connection on which everything together has to end by one moment, however slowly the other side drips."""

import io
import socket
import time
from typing import Any

_BUFFER = 65_536


class TimedSocket:
    """As much of a socket as http.client uses. Every wait is for what is left of the time."""

    def __init__(self, connection: socket.socket, host: str, deadline: float) -> None:
        self.connection = connection
        self._host = host
        self._deadline = deadline  # by time.monotonic
        self._readers = 0
        self._ending = False

    def sendall(self, data: bytes) -> None:
        """Raises TimeoutError when the time is over."""
        self.wait()
        self.connection.sendall(data)

    def recv_into(self, buffer: Any) -> int:
        """Raises TimeoutError when the time is over."""
        self.wait()
        return self.connection.recv_into(buffer)

    def makefile(self, *_: Any, **__: Any) -> io.BufferedReader:
        """For reading. Closing it leaves the connection open, unless that was to be closed already."""
        self._readers += 1
        return io.BufferedReader(_Reading(self), _BUFFER)

    def close(self) -> None:
        """Closes the connection when nobody reads from it any more: http.client closes before the answer is read."""
        self._ending = True
        self._close_unread()

    def done(self) -> None:
        """A reader is at its end."""
        self._readers -= 1
        self._close_unread()

    def _close_unread(self) -> None:
        if self._ending and self._readers <= 0:
            self.connection.close()

    def wait(self) -> None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError(f"{self._host} took too long.")
        self.connection.settimeout(left)


class _Reading(io.RawIOBase):
    def __init__(self, timed: TimedSocket) -> None:
        super().__init__()
        self._timed = timed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._timed.recv_into(buffer)

    def close(self) -> None:
        if not self.closed:
            self._timed.done()
        super().close()
