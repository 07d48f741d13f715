"""Starts the product as a person would, lets it settle, and adds up what its processes hold in memory."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

PORT = 18_730


def run(seconds: int) -> dict[str, Any]:
    """Memory in MB by process (proportional set size: shared pages are divided), and start times in seconds."""
    home = Path(tempfile.mkdtemp(prefix="headway-idle-"))
    home.chmod(0o755)
    try:
        first, process = _start(home)
        _stop(process)
        second, process = _start(home)
        time.sleep(seconds)
        processes = {_name(pid): _megabytes(pid) for pid in _family(process.pid)}
        _stop(process)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    merged: dict[str, float] = {}
    for (name, _pid), size in processes.items():
        merged[name] = merged.get(name, 0.0) + size
    ordered = dict(sorted(merged.items(), key=lambda pair: -pair[1]))
    return {"processes": ordered, "total": sum(merged.values()), "first_start": first, "second_start": second}


def _start(home: Path) -> tuple[float, subprocess.Popen[bytes]]:
    environment = {**os.environ, "HEADWAY_HOME": str(home), "HEADWAY_PORT": str(PORT), "PYTHONPATH": "src"}
    environment.pop("DATABASE_URL", None)
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "headway", "up"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while time.monotonic() - started < 120:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/sign-in", timeout=2) as answer:
                answer.read()
                return time.monotonic() - started, process
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    process.kill()
    raise RuntimeError("it did not start within two minutes")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    process.wait(timeout=60)


def _family(pid: int) -> list[int]:
    """The process and everything below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in _family(int(child)))]


def _name(pid: int) -> tuple[str, int]:
    words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode().split()
    if "postgres" in words[0]:
        return "database", pid
    for part in ("web", "live", "worker"):
        if part in words or any(part in word for word in words[2:5]):
            return part, pid
    return "supervisor", pid


def _megabytes(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0
