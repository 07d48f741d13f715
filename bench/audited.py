"""`headway audit` as a person runs it, on a file of many events: how long, and how much memory and disk."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.audit import history

_LOOK_SECONDS: Final = 0.5


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command. Megabytes are the most there were at once: of memory, and of disk it worked on."""

    kind: str
    events: int
    clock: float
    processors: float
    memory: float
    disk: float


def run(events: int, kinds: list[str]) -> Iterator[Run]:
    """The command on the same history in each kind of file, "parquet" or "csv"."""
    import duckdb

    with tempfile.TemporaryDirectory(prefix="headway-bench-") as place:
        folder = Path(place)
        path = folder / "history.parquet"
        made = history(events, path)
        for kind in kinds:
            given = path.with_suffix(f".{kind}")
            if kind == "csv":
                duckdb.sql(f"COPY (FROM read_parquet('{path}')) TO '{given}' (FORMAT csv, HEADER true)")
            yield measured(kind, made, given, folder)


def measured(kind: str, events: int, path: Path, folder: Path) -> Run:
    """One run on a file of so many events, with its report beside it in the folder."""
    temporary = folder / "work"
    temporary.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "headway", "audit", str(path), "--report", str(folder / "report.html")]
    began, disk = time.monotonic(), 0
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            command, stdout=said, stderr=said, env={**os.environ, "TMPDIR": str(temporary), "HEADWAY_HOME": str(folder)}
        )
        memory = 0
        while process.poll() is None:
            time.sleep(_LOOK_SECONDS)
            memory, disk = max(memory, _memory(process.pid)), max(disk, _size(temporary))
    clock = time.monotonic() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise RuntimeError((folder / "said").read_text()[-2000:])
    processors = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    return Run(kind, events, clock, processors, memory / 1024, disk / 2**20)


def _memory(pid: int) -> int:
    """Kilobytes of memory a process has had at most. What `wait` tells begins with what its parent had."""
    try:
        told = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return 0
    return next((int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM")), 0)


def _size(folder: Path) -> int:
    """Bytes on disk below a folder; what goes away meanwhile is not counted."""
    whole = 0
    for parent, _folders, names in os.walk(folder):
        for name in names:
            try:
                whole += (Path(parent) / name).stat().st_blocks * 512
            except FileNotFoundError:
                continue
    return whole
