"""The database as the supervisor sees it: a server elsewhere, our own, or one that another command runs just now."""

import time
from collections.abc import Callable

from headway.ops.embedded import EmbeddedServer
from headway.ops.embedded.attach import address_of_running, folder
from headway.ops.embedded.server import Busy

_PATIENCE = 60.0


class Database:
    """Keeps the embedded server running; does nothing for a server that DATABASE_URL names."""

    def __init__(self, given: str) -> None:
        self._given = given
        self._server = None if given else EmbeddedServer(folder())

    @property
    def embedded(self) -> bool:
        return self._server is not None

    def start(self, give_up: Callable[[], bool]) -> str:
        """The URL of the running database. Raises Unusable when it cannot start, InterruptedError on `give_up`."""
        if self._server is None:
            return self._given
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                return self._server.start(give_up)
            except Busy:
                # Another command's. When it ends, `fell` notices and ours takes over at the same address.
                if url := address_of_running(self._server.folder):
                    return url
                if time.monotonic() > deadline:
                    raise
            if give_up():
                raise InterruptedError
            time.sleep(0.05)

    def process_id(self) -> int | None:
        return self._server.process.pid if self._server and self._server.process else None

    def fell(self) -> bool:
        """Whether it ran and does no longer."""
        if self._server is None:
            return False
        if self._server.process is not None:
            return self._server.process.poll() is not None
        return address_of_running(self._server.folder) is None

    def stop(self, *, hard: bool) -> None:
        """Ends our own server; another command's is left alone."""
        if self._server is not None:
            self._server.stop(hard=hard)
