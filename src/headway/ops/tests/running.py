"""A supervisor in a process of its own."""

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from headway.ops import processes


class Running:
    """A supervisor in a process of its own, and what it prints."""

    def __init__(self, command: Sequence[str], home: Path) -> None:
        self.home = home
        self.log = home / "supervisor.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)

    def parts(self) -> dict[str, int]:
        noted = json.loads((self.home / "run" / "headway.json").read_text())
        return {name: pid for name, (pid, _) in noted["parts"].items()}

    def postmaster(self) -> int:
        return int(next(self.home.glob("postgres/1*/postmaster.pid")).read_text().splitlines()[0])

    def wait_for(self, text: str, times: int = 1) -> None:
        until(lambda: self.log.read_text().count(text) >= times, lambda: f"{text!r} in\n{self.log.read_text()}")

    def everybody(self) -> list[int]:
        """Every process of this installation that lives."""
        found = []
        for pid in processes.everybody():
            try:
                environ = Path(f"/proc/{pid}/environ").read_bytes()
                command = Path(f"/proc/{pid}/cmdline").read_bytes()
            except OSError:
                continue
            if pid != os.getpid() and processes.alive(pid) and str(self.home).encode() in environ + command:
                found.append(pid)
        return found


def until(condition: Callable[[], object], what: Callable[[], str]) -> None:
    """Waits for `condition`; fails naming `what` after a minute."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what()}"
        time.sleep(0.05)


@contextmanager
def running(command: Sequence[str], home: Path) -> Iterator[Running]:
    """A supervisor inside the block; nobody of it after."""
    up = Running(command, home)
    try:
        yield up
    finally:
        up.process.kill()
        up.process.wait()
        until(lambda: not up.everybody(), lambda: "the end of everybody")
