"""Using a server together: the first command starts it, later ones attach, it ends after the last."""

import fcntl
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from headway.foundation import paths
from headway.ops import processes
from headway.ops.embedded.server import Busy, EmbeddedServer, state_file, url
from headway.ops.errors import Unusable

_PATIENCE = 60.0  # seconds that another command may take to start or stop the server


class Attached:
    """A running server, ours or another command's, at `url` until `close`."""

    def __init__(self, address: str, users: IO[bytes], server: EmbeddedServer | None) -> None:
        self.url = address
        self.is_ours = server is not None
        self._users = users
        self._server = server

    def close(self) -> None:
        """Ends the server if this command started it, once no other command uses it."""
        if self._server is None:
            self._users.close()
            return
        try:
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another headway command still uses the database; waiting for it to end.", file=sys.stderr)
            fcntl.flock(self._users, fcntl.LOCK_EX)
        finally:
            self._server.stop()
            self._users.close()


def folder() -> Path:
    """Where the embedded server of this installation has its clusters."""
    return paths.home() / "postgres"


def attach_or_start(where: Path | None = None) -> Attached:
    """The server of `where` (this installation's when None), started when it does not run.

    Raises Unusable when it cannot start or another command keeps starting it for a minute.
    """
    place = where or folder()
    deadline = time.monotonic() + _PATIENCE
    while True:
        server = EmbeddedServer(place)
        try:
            address = server.start()
        except Busy:
            found = _attach(place)
            if found is not None:
                return found
            if time.monotonic() > deadline:
                raise Unusable(
                    f"Another process holds the database in {place} but does not serve it. "
                    "Wait for it, or stop it, and try again."
                ) from None
            time.sleep(0.05)
        else:
            return Attached(address, _users(place), server)


@contextmanager
def running_server(where: Path | None = None) -> Iterator[str]:
    """Inside the block the server runs; yields its URL."""
    attached = attach_or_start(where)
    try:
        yield attached.url
    finally:
        attached.close()


def address_of_running(place: Path) -> str | None:
    """The URL of the server that runs in `place`, None when none does."""
    try:
        state = json.loads(state_file(place).read_text())
        if not processes.alive(state["postmaster"]):
            return None
        return url(place / str(state["major"]), state["port"], place if state["socket"] else None)
    except (FileNotFoundError, ValueError, KeyError):
        return None


def _attach(place: Path) -> Attached | None:
    # Announced before the address is read: the owner stops only when nobody is announced.
    users = _users(place)
    address = address_of_running(place)
    if address is None:
        users.close()
        return None
    return Attached(address, users, None)


def _users(place: Path) -> IO[bytes]:
    users = (place / "users.lock").open("ab")
    fcntl.flock(users, fcntl.LOCK_SH)
    return users
