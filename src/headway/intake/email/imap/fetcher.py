"""All mailboxes of one worker: one thread watches the connections, a few do the work, and each mailbox has its turn."""

import os
import queue
import secrets
import selectors
import socket
import threading
import time
from collections import deque
from contextlib import suppress
from typing import Final

import structlog
from django.db import Error, close_old_connections, connections

from headway.intake.email.imap import leases
from headway.intake.email.imap.line import Line
from headway.intake.mailboxes import health

log = structlog.get_logger("headway.intake")

_THREADS: Final = 12
_REFRESH_SECONDS: Final = 3.0
_LOOKED_SECONDS: Final = 20.0
_FINISH_SECONDS: Final = 20.0
_RESTING_SECONDS: Final = 30.0


class Fetcher:
    """Reads mailboxes from `start` to `stop`, those that no other worker reads."""

    def __init__(self, threads: int = _THREADS) -> None:
        self.worker = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._threads = threads
        self._lines: dict[int, Line] = {}
        self._selector = selectors.DefaultSelector()
        self._watched: dict[int, int] = {}  # mailbox -> file descriptor
        self._work: queue.SimpleQueue[Line | None] = queue.SimpleQueue()
        self._done: deque[Line] = deque()
        self._running = 0
        self._failing = 0  # of those that run: they may hold up only half of the threads
        self._pool: list[threading.Thread] = []
        self._refreshed = self._told = 0.0
        self._stopping = threading.Event()
        self._ear, self._bell = socket.socketpair()
        self._loop = threading.Thread(target=self._run, name="fetcher")

    def start(self) -> None:
        """Begins."""
        self._ear.setblocking(False)
        self._bell.setblocking(False)
        self._selector.register(self._ear, selectors.EVENT_READ)
        self._loop.start()

    def stop(self) -> None:
        """Ends after the batches that are being fetched, and gives the mailboxes back. Returns when it has ended."""
        self._stopping.set()
        self._ring()
        self._loop.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._step()
            except Exception:
                # whatever it is: mail is fetched on, and what was not stored is still at its server
                log.exception("the fetcher stumbled")
                self._stopping.wait(1.0)
        self._end()

    def _step(self) -> None:
        """Hands out what is due, then waits until something happens."""
        at = time.monotonic()
        if at - self._refreshed >= _REFRESH_SECONDS:
            self._refreshed = at
            self._refresh()
        if at - self._told >= _LOOKED_SECONDS:
            self._told = at
            self._tell()
        soonest = self._dispatch()
        pause = min(self._refreshed + _REFRESH_SECONDS, soonest) - time.monotonic()
        for key, _events in self._selector.select(max(pause, 0.0)):
            if key.data is None:
                self._hear()
            else:
                self._unwatch(key.data)
                key.data.due = 0.0
        self._collect()

    def _refresh(self) -> None:
        """Finds out which mailboxes are ours to read now. Those that are not any more stop within a batch."""
        close_old_connections()
        try:
            ours = leases.held_by(self.worker)
        except Error as error:
            log.warning("the database is away", error=type(error).__name__)
            return
        finally:
            close_old_connections()
        for mailbox_id, line in list(self._lines.items()):
            if ours.get(mailbox_id) != line.fingerprint:
                self._drop(line)
        for mailbox_id in ours.keys() - self._lines.keys():
            self._lines[mailbox_id] = Line(mailbox_id, ours[mailbox_id])

    def _tell(self) -> None:
        well = [line.mailbox_id for line in self._lines.values() if not line.running and line.well]
        try:
            if well:
                health.looked(well)
        except Error as error:
            log.warning("the database is away", error=type(error).__name__)

    def _dispatch(self) -> float:
        """Hands out the lines that are due, the longest due first; returns when the next will be."""
        at = time.monotonic()
        resting = sorted((line for line in self._lines.values() if not line.running), key=lambda line: line.due)
        for line in resting:
            if line.due > at:
                return line.due
            if self._running >= self._threads:
                break
            if line.failures and self._failing >= max(1, self._threads // 2):
                continue
            self._unwatch(line)
            line.running = True
            self._running += 1
            line.tried = bool(line.failures)
            self._failing += line.tried
            if len(self._pool) < min(self._running, self._threads):
                self._hire()
            self._work.put(line)
        # until somebody is done there is nothing to hand out
        return at + _REFRESH_SECONDS

    def _hire(self) -> None:
        thread = threading.Thread(target=self._labour, name=f"fetch-{len(self._pool)}")
        self._pool.append(thread)
        thread.start()

    def _labour(self) -> None:
        """A thread of the pool. Its database connection is closed when there is nothing to do for a while."""
        while True:
            try:
                line = self._work.get(timeout=_RESTING_SECONDS)
            except queue.Empty:
                connections.close_all()
                continue
            if line is None:
                connections.close_all()
                return
            close_old_connections()
            line.work()
            close_old_connections()
            self._done.append(line)
            self._ring()

    def _collect(self) -> None:
        """Takes back the lines that had their turn."""
        while self._done:
            line = self._done.popleft()
            line.running = False
            self._running -= 1
            self._failing -= line.tried
            if line.dropped:
                line.close()
                if self._lines.get(line.mailbox_id) is line:
                    del self._lines[line.mailbox_id]
            elif line.waiting:
                if line.pending:
                    line.due = 0.0
                else:
                    self._watched[line.mailbox_id] = line.fileno()
                    self._selector.register(line.fileno(), selectors.EVENT_READ, line)

    def _unwatch(self, line: Line) -> None:
        descriptor = self._watched.pop(line.mailbox_id, None)
        if descriptor is not None:
            self._selector.unregister(descriptor)

    def _drop(self, line: Line) -> None:
        line.drop()
        if not line.running:
            self._unwatch(line)
            line.close()
            del self._lines[line.mailbox_id]

    def _end(self) -> None:
        for line in list(self._lines.values()):
            self._drop(line)
        deadline = time.monotonic() + _FINISH_SECONDS
        while self._running and time.monotonic() < deadline:
            self._selector.select(0.2)
            self._hear()
            self._collect()
        for _thread in self._pool:
            self._work.put(None)
        for thread in self._pool:
            thread.join(_FINISH_SECONDS)
        try:
            leases.release(self.worker)
        except Error as error:
            log.warning("the mailboxes could not be given back", error=type(error).__name__)
        connections.close_all()
        self._selector.close()
        self._ear.close()
        self._bell.close()

    def _ring(self) -> None:
        with suppress(OSError):  # full: it is heard anyway; or closed at the end
            self._bell.send(b".")

    def _hear(self) -> None:
        with suppress(BlockingIOError):
            while self._ear.recv(4096):
                pass
