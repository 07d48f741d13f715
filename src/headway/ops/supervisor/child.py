"""One supervised process: spawned, listened to, restarted with growing patience, ended with everything it started."""

import fcntl
import os
import select
import signal
import socket
import subprocess
import time
from contextlib import suppress

from headway.ops import processes
from headway.ops.supervisor.plan import Part

_FIRST_WAIT = 0.2
_LONGEST_WAIT = 30.0
_SETTLED = 60.0  # seconds after which an earlier failure no longer counts
_PROOF = 10.0  # seconds
_LONGEST_LINE = 64 * 1024


class Child:
    """A process of the plan. `failures` counts its ends since it last ran for a minute."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.process: subprocess.Popen[bytes] | None = None
        self.output: int | None = None
        self.ready = False
        self.proved = False  # has run long enough once, so a later fall is an accident
        self.failures = 0
        self.last_code = 0
        self.restart_at = 0.0
        self._started = 0.0
        self._rest = b""

    @property
    def name(self) -> str:
        return self.part.name

    @property
    def runs(self) -> bool:
        return self.process is not None

    @property
    def speaks(self) -> bool:
        """Whether its end of the pipe may still have lines for us."""
        return self.output is not None

    def spawn(self, environ: dict[str, str]) -> None:
        """Starts it, in a session of its own: a terminal's Ctrl-C reaches the supervisor only."""
        reading, writing = os.pipe()
        fcntl.fcntl(reading, fcntl.F_SETFL, os.O_NONBLOCK)
        self.process = subprocess.Popen(
            self.part.command,
            env=environ | {"HEADWAY_PROCESS": self.name, "HEADWAY_SUPERVISED": "1", "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=writing,
            stderr=writing,
            start_new_session=True,
            preexec_fn=processes.dies_with_parent(signal.SIGTERM),
        )
        os.close(writing)
        self.output = reading
        self.ready = self.part.address is None
        self._started = time.monotonic()

    def lines(self) -> list[str]:
        """Complete lines it wrote since the last call. Closes `output` at its end."""
        if self.output is None:
            return []
        try:
            chunk = os.read(self.output, _LONGEST_LINE)
        except BlockingIOError:
            return []
        if not chunk:
            os.close(self.output)
            self.output = None
            chunk = b"\n" if self._rest else b""
        *complete, self._rest = (self._rest + chunk).split(b"\n")
        if len(self._rest) > _LONGEST_LINE:
            complete.append(self._rest)
            self._rest = b""
        return [line.decode(errors="replace").rstrip() for line in complete]

    def last_lines(self) -> list[str]:
        """After its end: what it still had to say. Only what is there: who escaped our kill may hold the pipe."""
        said = []
        while self.output is not None and select.select([self.output], [], [], 0)[0]:
            said += self.lines()
        if self.output is not None:
            os.close(self.output)
            self.output = None
        return said

    def answers(self) -> bool:
        """Whether it answers HTTP at its address, whatever it says."""
        if self.part.address is None:
            return True
        with suppress(OSError), socket.create_connection(self.part.address, timeout=0.5) as probe:
            host = self.part.address[0]
            probe.sendall(f"GET /health/live HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
            heard = probe.recv(4096)
            while probe.recv(4096):  # to its end: who hangs up early makes servers complain
                pass
            return heard.startswith(b"HTTP/")
        return False

    def signal(self, number: signal.Signals) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.process.send_signal(number)

    def collect(self) -> int:
        """After its end: ends what it left behind, returns its exit code and plans the next start."""
        process = self.process
        if process is None:
            raise RuntimeError(f"{self.name} does not run")
        self.end_group()
        code = process.wait()
        self.process = None
        self.last_code = code
        lived = time.monotonic() - self._started
        settled = lived > _SETTLED
        self.proved = self.proved or lived > _PROOF
        self.failures = 1 if settled else self.failures + 1
        self.restart_at = time.monotonic() + min(_FIRST_WAIT * 2 ** (self.failures - 1), _LONGEST_WAIT)
        self.ready = False
        return code

    def end_group(self) -> None:
        """Kills it and every process of its session's first group. Its number cannot be reused while we hold it."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
