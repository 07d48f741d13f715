"""Speed and memory of the live mail channel: mails are kept as a source would, a real worker does the rest."""

import os
import signal
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path
from typing import Any

from bench.ground import TICK
from bench.letters import letters

_BATCH = 50  # mails that a source hands over at once
_BACKLOG = 400  # mails that may wait before the source is made to wait
_TURN_SECONDS = 0.05


def run(mails: int, *, samples: int = 20, say: bool = False) -> dict[str, Any]:
    """Sends `mails` made mails through the live channel into tickets, with their journal and its followers.

    Processor seconds are those of the source, the worker with its parsing processes, and the database's processes.
    `memory`: (mails done, MB of the worker, MB of its parsing processes) at even distances.
    """
    from bench.ground import installation

    with installation() as url:
        worker = _start(url)
        try:
            figures = _feed(mails, worker, samples=samples, say=say)
        finally:
            worker.send_signal(signal.SIGTERM)
            worker.wait(timeout=90)
    return figures


def _feed(mails: int, worker: subprocess.Popen[bytes], *, samples: int, say: bool) -> dict[str, Any]:
    from headway.intake.channel import Arrival
    from headway.intake.email.receiving import keep
    from headway.intake.models import RawMail

    made = letters(mails)
    _settle(worker)
    database, working = _database(), _tree(worker.pid)
    own, clock = 0.0, time.monotonic()
    memory: list[tuple[int, float, float]] = []
    sent = 0
    while batch := list(islice(made, _BATCH)):
        arrivals = [Arrival("pipe", f"flow-{sent + number}", raw) for number, raw in enumerate(batch)]
        began = time.process_time()
        keep(arrivals)
        own += time.process_time() - began
        sent += len(batch)
        while (waiting := RawMail.objects.filter(state="stored").count()) > _BACKLOG:
            time.sleep(_TURN_SECONDS)
        if (sent - waiting) * samples >= mails * (len(memory) + 1):
            memory.append((sent - waiting, *_megabytes(worker.pid)))
            if say:
                print("  {:>8,} mails  worker {:6.1f} MB  parsing {:6.1f} MB".format(*memory[-1]), flush=True)
    _settle(worker)
    memory.append((sent, *_megabytes(worker.pid)))
    wall = time.monotonic() - clock
    database, working = _database() - database, _tree(worker.pid) - working
    states = {state: RawMail.objects.filter(state=state).count() for state in RawMail.States.values}
    return {
        "mails": mails,
        "states": {state: count for state, count in states.items() if count},
        "processor_seconds": {"source": own, "worker": working, "database": database},
        "a_second_a_core": mails / (own + working + database),
        "wall_seconds": wall,
        "memory": memory,
    }


def _start(url: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "headway", "worker"],
        env={**os.environ, "DATABASE_URL": url, "PYTHONPATH": "src"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _settle(worker: subprocess.Popen[bytes]) -> None:
    """Waits until the worker is there, and has done everything that was asked for."""
    from django.db import connection

    asked = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND scheduled_at IS NULL"
    while True:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM procrastinate_workers")
            workers = cursor.fetchone()[0]
            cursor.execute(asked)
            if workers and not cursor.fetchone()[0]:
                return
        if worker.poll() is not None:
            raise RuntimeError(f"the worker ended with code {worker.returncode}")
        time.sleep(_TURN_SECONDS)


def _family(pid: int) -> list[int]:
    """The process and those below it, whichever of its threads started them."""
    children = [child for task in Path(f"/proc/{pid}/task").glob("*/children") for child in _numbers(task)]
    return [pid, *(each for child in children for each in _family(child))]


def _numbers(path: Path) -> list[int]:
    try:
        return [int(word) for word in path.read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def _tree(pid: int) -> float:
    """Processor seconds of a process, of those below it, and of those that ended."""
    return sum(_with_ended(each) for each in _family(pid))


def _with_ended(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0  # its parent counts it from now on
    return sum(int(field) for field in fields[11:15]) / TICK


def _database() -> float:
    """Processor seconds of all processes of our server."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = int(cursor.fetchone()[0])
    return _tree(_parent(backend))


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()[1])


def _megabytes(worker: int) -> tuple[float, float]:
    """Resident memory of the worker, and of its parsing processes together."""
    first, *children = _family(worker)
    return _resident(first), sum(_resident(child) for child in children)


def _resident(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_048_576
