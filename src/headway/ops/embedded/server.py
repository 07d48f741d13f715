"""One server process: started as our direct child, watched until ready, stopped without a trace."""

import fcntl
import json
import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote

from headway.ops import processes
from headway.ops.embedded import binaries, cluster, configuration
from headway.ops.embedded.account import account, cache
from headway.ops.errors import Unusable

_SOCKET_PATH_LIMIT = 100  # the kernel's is 108, with the socket's name in it
_LOG_LIMIT = 10 * 1024 * 1024
_PARTING = 5.0  # seconds that a server whose parent died has for its own shutdown


class Busy(Unusable):
    """Another process runs the server of this folder."""


class EmbeddedServer:
    """The server whose clusters stand in `folder`, one sub-folder a major version.

    `durable=False` is for tests: quick to start, and a crash of the machine loses it. `port` is a free one when None;
    it stays the same across restarts. `log` takes the server's own lines, otherwise they go into postgres.log.
    `programs` are those of another version, for an upgrade. Start it from the main thread: the server ends when the
    thread that started it does.
    """

    def __init__(
        self,
        folder: Path,
        *,
        durable: bool = True,
        port: int | None = None,
        log: IO[bytes] | None = None,
        programs: binaries.Binaries | None = None,
    ) -> None:
        self.folder = folder.absolute()
        self.durable = durable
        self._port = port
        self._log = log
        self._programs = programs
        self._lock: IO[bytes] | None = None
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, give_up: Callable[[], bool] = lambda: False) -> str:
        """Starts it and waits until it accepts connections. Returns the URL of the database `headway`.

        Raises Busy when another process runs it, Unusable when it cannot start, InterruptedError on `give_up`.
        """
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("the server would end with this thread: start it from the main thread")
        if self.process is not None and self.process.poll() is None:
            return self.url
        self._give_up = give_up
        self._account = account()
        self._account.own_folder(self.folder)
        self._take_lock()
        try:
            self._prepare()
            self._spawn_until_ready()
        except BaseException:
            self.stop(hard=True)
            raise
        return self.url

    @property
    def url(self) -> str:
        """Address of the running server; over the unix socket where its path is short enough."""
        return url(self._data, self._port or 0, self._socket_folder)

    def stop(self, *, hard: bool = False) -> None:
        """Ends it and everything it started. `hard` does not write out its data and leaves that to recovery."""
        server = self.process
        if server is not None and server.poll() is None:
            quick = hard or not self.durable
            server.send_signal(signal.SIGQUIT if quick else signal.SIGINT)
            try:
                server.wait(timeout=5 if quick else 60)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        self.process = None
        if self._lock is not None:
            self._end_leftovers()
            state_file(self.folder).unlink(missing_ok=True)
            self._lock.close()
            self._lock = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _take_lock(self) -> None:
        if self._lock is not None:
            return
        lock = (self.folder / "server.lock").open("ab")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise Busy(f"Another process runs the database in {self.folder}.") from None
        self._lock = lock

    def _prepare(self) -> None:
        """Programs and cluster in place, nothing left of an earlier server."""
        shipped = self._programs or binaries.shipped()
        if self._programs is not None:
            self._binaries = self._programs
        elif self.durable:
            self._binaries = binaries.installed(shipped, self.folder / "programs")
        elif self._account.is_self:
            self._binaries = shipped
        else:
            self._binaries = binaries.installed(shipped, cache())
        self._data = self.folder / str(self._binaries.major)
        self._end_leftovers()
        if not self._data.exists():
            self._refuse_other_major()
            if self.durable:
                cluster.create(self._binaries, self._account, self._data, durable=True)
            else:
                cluster.copy(self._binaries, self._account, self._data, cache())
        elif self._programs is None:
            cluster.refresh(self._binaries, self._account, self._data)
        # 30: room for the socket's name
        short = len(str(self.folder)) + 30 < _SOCKET_PATH_LIMIT
        self._socket_folder = self.folder if short else None

    def _refuse_other_major(self) -> None:
        majors = [int(entry.name) for entry in self.folder.iterdir() if entry.name.isdigit()]
        if majors:
            newer = max(majors) > self._binaries.major
            raise Unusable(
                f"The data was written by PostgreSQL {max(majors)}, and this Headway brings {self._binaries.major}. "
                f"Nothing was changed. {'Use a newer Headway.' if newer else 'Run: headway upgrade'}"
            )

    def _spawn_until_ready(self) -> None:
        chosen = self._port
        # The last one again, so that whoever knows the address finds the next server there too.
        remembered = self._data / "headway.port"
        self._port = chosen or (int(remembered.read_text()) if remembered.exists() else _free_port())
        try:
            self._spawn(listen=True)
        except Unusable:
            if _is_free(self._port):
                raise
            # Somebody took the port. With a socket its number is only a name; otherwise any other will do.
            if self._socket_folder is not None:
                self._spawn(listen=False)
            elif chosen is None:
                self._port = _free_port()
                self._spawn(listen=True)
            else:
                raise

        remembered.write_text(str(self._port))

    def _spawn(self, *, listen: bool) -> None:
        settings = configuration.settings(
            port=self._port or 0,
            socket_folder=self._socket_folder,
            listen=listen,
            durable=self.durable,
            major=self._binaries.major,
        )
        configuration.write(self._data, settings, extra=self.folder / "custom.conf")
        (self._data / "postmaster.pid").unlink(missing_ok=True)
        with self._open_log() as log:
            start = log.tell()
            self.process = subprocess.Popen(
                [self._binaries.program("postgres"), "-D", str(self._data)],
                cwd="/",
                env=cluster.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=processes.dies_with_parent(signal.SIGINT),
                **self._account.run_as(),
            )
        self._wait_until_ready(start)
        state = {"postmaster": self.process.pid, "port": self._port, "socket": bool(self._socket_folder)}
        draft = state_file(self.folder).with_suffix(".draft")
        draft.write_text(json.dumps(state | {"major": self._binaries.major}))
        draft.rename(state_file(self.folder))

    def _wait_until_ready(self, log_start: int) -> None:
        """Returns when it accepts connections; recovery after a crash may take minutes, so only its end is an error."""
        if self.process is None:
            raise RuntimeError("nothing was started")
        while self.process.poll() is None:
            if self._give_up():
                raise InterruptedError
            with suppress(OSError, IndexError):
                if (self._data / "postmaster.pid").read_text().splitlines()[7].strip() == "ready":
                    return
            time.sleep(0.01)
        code, self.process = self.process.returncode, None
        raise Unusable(f"The embedded database stopped while starting ({code}): {self._last_words(log_start)}")

    def _open_log(self) -> IO[bytes]:
        if self._log is not None:
            return os.fdopen(os.dup(self._log.fileno()), "wb", buffering=0)
        path = self.folder / "postgres.log"
        full = path.exists() and path.stat().st_size > _LOG_LIMIT
        return path.open("wb" if full else "ab", buffering=0)

    def _last_words(self, start: int) -> str:
        if self._log is not None:
            return "its own lines say why."
        lines = (self.folder / "postgres.log").read_bytes()[start:].decode(errors="replace").splitlines()
        said = [line.partition(": ")[2].strip() for line in lines if re.search(r"\b(LOG|FATAL|PANIC|error): ", line)]
        return "; ".join(said[-3:] or lines[-1:] or ["it gave no reason"])

    def _end_leftovers(self) -> None:
        """After kill -9 of the postmaster its backends live on, and a new one would refuse to start beside them."""
        if not hasattr(self, "_data"):
            return
        left = processes.working_in(self._data, "postgres")
        if _postmaster(self._data) in left:
            # Its parent died and it is shutting down by itself: cheaper than recovery.
            processes.gone(left, seconds=_PARTING)
        if not processes.end(processes.working_in(self._data, "postgres")):
            raise Unusable(
                f"Processes of an earlier database server in {self._data} cannot be ended. Restart the machine."
            )


def state_file(folder: Path) -> Path:
    """Says where the running server of `folder` is reached."""
    return folder / "server.json"


def url(data: Path, port: int, socket_folder: Path | None) -> str:
    """A libpq URL of the database in the cluster at `data`."""
    secret = cluster.password(data)
    if socket_folder is None:
        return f"postgresql://{cluster.ROLE}:{secret}@127.0.0.1:{port}/{cluster.DATABASE}"
    place = quote(str(socket_folder), safe="")
    return f"postgresql://{cluster.ROLE}:{secret}@/{cluster.DATABASE}?host={place}&port={port}"


def _postmaster(data: Path) -> int | None:
    try:
        return int((data / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
