"""A pool of bounded processes that parse mails. A mail that kills its process is reported, the others go on."""

import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import BinaryIO, Final

from headway.intake.email import wire
from headway.intake.email.parse.whole import Care

_IN_FLIGHT: Final = 16  # mails handed to one child ahead of its answers
_IN_FLIGHT_BYTES: Final = 4 * 1024 * 1024
_CHUNK: Final = 256 * 1024
_SILENCE_SECONDS: Final = 90.0  # wall clock; a child that computes dies of its processor time long before
_KEPT_ENVIRONMENT: Final = ("PATH", "LANG", "LC_ALL", "VIRTUAL_ENV", "SYSTEMROOT")


class _Child:
    """One process with its pipes and the jobs it has not answered yet."""

    def __init__(self) -> None:
        environment = {
            name: value for name, value in os.environ.items() if name in _KEPT_ENVIRONMENT or name.startswith("PYTHON")
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "headway.intake.email.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.writer = self.process.stdin.fileno()
        self.reader = self.process.stdout.fileno()
        os.set_blocking(self.writer, False)
        os.set_blocking(self.reader, False)
        self.waiting: deque[tuple[int, int]] = deque()  # (job number, bytes)
        self.outgoing: deque[memoryview | BinaryIO] = deque()
        self.incoming = bytearray()
        self.heard = time.monotonic()

    @property
    def load(self) -> int:
        return sum(size for _, size in self.waiting)

    def give(self, number: int, mail: bytes | BinaryIO, care: Care) -> None:
        if not self.waiting:
            self.heard = time.monotonic()
        size = len(mail) if isinstance(mail, bytes) else mail.seek(0, os.SEEK_END)
        self.waiting.append((number, size))
        self.outgoing += (memoryview(part) for part in wire.frame(wire.Job(int(care), size)))
        if isinstance(mail, bytes):
            self.outgoing.append(memoryview(mail))
        else:
            mail.seek(0)
            self.outgoing.append(mail)

    def write(self) -> None:
        """Writes as much as the pipe takes."""
        while self.outgoing:
            head = self.outgoing[0]
            if not isinstance(head, memoryview):
                piece = head.read(_CHUNK)
                if piece:
                    self.outgoing.appendleft(memoryview(piece))
                else:
                    self.outgoing.popleft()
                continue
            try:
                written = os.write(self.writer, head[:_CHUNK])
            except BlockingIOError:
                return
            except BrokenPipeError:
                self.outgoing.clear()  # its end is noticed on the reading side
                return
            rest = head[written:]
            if rest:
                self.outgoing[0] = rest
            else:
                self.outgoing.popleft()

    def read(self) -> bool:
        """Reads what is there; False when the process has ended."""
        while True:
            try:
                data = os.read(self.reader, _CHUNK)
            except BlockingIOError:
                return True
            if not data:
                return False
            self.heard = time.monotonic()
            self.incoming += data

    def outcomes(self) -> Iterator[tuple[int, wire.Outcome]]:
        """The complete answers read so far."""
        position = 0
        head = wire.LENGTH.size
        while len(self.incoming) - position >= head:
            (size,) = wire.LENGTH.unpack_from(self.incoming, position)
            if len(self.incoming) - position - head < size:
                break
            with memoryview(self.incoming) as incoming:
                outcome = wire.outcomes.decode(incoming[position + head : position + head + size])
            position += head + size
            number, _ = self.waiting.popleft()
            yield number, outcome
        if position:
            del self.incoming[:position]

    def end(self) -> str:
        """Ends the process and says how it died."""
        if self.process.poll() is None:
            self.process.kill()
        code = self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        if code == -signal.SIGPROF:
            return "took more processor time than allowed"
        if code < 0:
            return f"the parsing process was ended by signal {-code}"
        return f"the parsing process ended with code {code}"


class Pool:
    """Parses mails in `size` processes. One caller at a time; use it as a context manager or call `close`."""

    def __init__(self, size: int | None = None) -> None:
        self.size = size or max(1, len(os.sched_getaffinity(0)))
        self._children: list[_Child] = []
        self._lock = threading.Lock()

    def __enter__(self) -> "Pool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def parse(self, mails: Iterable[bytes | BinaryIO], care: Care = Care.FULL) -> list[wire.Outcome]:
        """One outcome for each mail, in order. One that is a stream (which can seek) is never held here whole."""
        with self._lock:
            return self._run(list(mails), care)

    def close(self) -> None:
        """Ends all processes."""
        with self._lock:
            for child in self._children:
                child.end()
            self._children.clear()

    def _run(self, mails: Sequence[bytes | BinaryIO], care: Care) -> list[wire.Outcome]:
        done: dict[int, wire.Outcome] = {}
        todo = deque(range(len(mails)))
        while len(self._children) < min(self.size, len(mails)):
            self._children.append(_Child())
        while len(done) < len(mails):
            self._hand_out(mails, care, todo)
            for child in self._wait():
                alive = child.read()
                confessed = False
                for number, outcome in child.outcomes():
                    done[number] = outcome
                    confessed = confessed or outcome.fatal
                if confessed or not alive or time.monotonic() - child.heard > _SILENCE_SECONDS:
                    self._replace(child, done, todo, confessed=confessed)
        return [done[number] for number in range(len(mails))]

    def _hand_out(self, mails: Sequence[bytes | BinaryIO], care: Care, todo: deque[int]) -> None:
        while todo:
            child = min(self._children, key=lambda one: (len(one.waiting), one.load))
            full = len(child.waiting) >= _IN_FLIGHT or (child.waiting and child.load > _IN_FLIGHT_BYTES)
            if full:
                break
            number = todo.popleft()
            child.give(number, mails[number], care)
        for child in self._children:
            child.write()

    def _wait(self) -> list[_Child]:
        """The children that have something to read, or have been silent for too long."""
        with selectors.DefaultSelector() as selector:
            for child in self._children:
                if child.waiting:
                    selector.register(child.reader, selectors.EVENT_READ, child)
                if child.outgoing:
                    selector.register(child.writer, selectors.EVENT_WRITE, None)
            ready = {key.data for key, _ in selector.select(timeout=1.0) if key.data is not None}
        late = {
            child for child in self._children if child.waiting and time.monotonic() - child.heard > _SILENCE_SECONDS
        }
        return list(ready | late)

    def _replace(self, child: _Child, done: dict[int, wire.Outcome], todo: deque[int], *, confessed: bool) -> None:
        """A new child for a dead one. Unless it answered that it must end, the first unanswered job killed it; the
        jobs behind are handed out again."""
        how = child.end()
        self._children.remove(child)
        self._children.append(_Child())
        numbers = [number for number, _ in child.waiting]
        if numbers and not confessed:
            done[numbers.pop(0)] = wire.Outcome(error=how, fatal=True)
        todo.extendleft(reversed(numbers))
