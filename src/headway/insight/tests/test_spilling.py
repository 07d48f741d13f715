"""The audit of more than fits into the memory it may take goes on, on disk, and finds the same."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest

_TICKETS = 250_000  # 1,500,000 events
_CAP_MB = 256
_HISTORY = f"""
COPY (
    SELECT t AS ticket, to_timestamp(1740873600 + t * 40009 % 31536000 + p * (60 + t * p * 7919 % 7200)) AS time,
        CASE p WHEN 0 THEN 'created' WHEN 1 THEN 'reply' WHEN 2 THEN 'message' WHEN 3 THEN 'transfer'
            WHEN 4 THEN 'reply' ELSE 'solved' END AS activity,
        CASE WHEN p IN (0, 2) THEN 'customer' ELSE 'agent' END AS role,
        CASE WHEN p IN (0, 2) THEN 'c' || t * 31 % 40009 ELSE 'a' || (t * 17 + p // 4) % 211 END AS actor,
        'category ' || t * 13 % 24 AS category, CASE WHEN p >= 3 THEN 'Second line' ELSE 'Frontline' END AS team
    FROM range({_TICKETS}) AS tickets(t), range(6) AS places(p) ORDER BY t, p
) TO '{{path}}' (FORMAT {{kind}})
"""


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_small_cap_is_kept_by_going_to_disk(tmp_path: Path) -> None:
    paths = {kind: tmp_path / f"history.{kind}" for kind in ("parquet", "csv")}
    for kind, path in paths.items():
        with duckdb.connect(config={"memory_limit": "256MB"}) as engine:
            engine.execute(_HISTORY.format(path=path, kind=kind))
    free, _memory, on_disk = _audited(paths["parquet"], 4096, tmp_path)
    assert free["tickets"] == _TICKETS
    assert on_disk == 0  # with room nothing goes to disk
    for path in paths.values():
        capped, memory, spilled = _audited(path, _CAP_MB, tmp_path)
        assert spilled > 0
        # Python, the engine's own code, and what it does not count
        assert memory < _CAP_MB + 250
        assert {**capped, "read": None} == {**free, "read": None}


def _audited(path: Path, megabytes: int, folder: Path) -> tuple[dict[str, Any], float, int]:
    """What the command finds with this cap, its memory in megabytes, and the bytes it spilled at most at once."""
    command = [sys.executable, "-m", "headway", "audit", str(path), "--json", "--memory", str(megabytes)]
    out = folder / "found.json"
    spilled, memory = 0, 0
    with out.open("wb") as found:
        env = {**os.environ, "TMPDIR": str(folder), "HEADWAY_HOME": str(folder / "home")}
        process = subprocess.Popen(command, stdout=found, env=env)
        while process.poll() is None:
            spilled = max(spilled, sum(_size(one) for one in folder.glob("headway-lake-*/spill/*")))
            memory = max(memory, _kilobytes(process.pid))
            time.sleep(0.05)
    assert process.returncode == 0
    return json.loads(out.read_text()), memory / 1024, spilled


def _kilobytes(pid: int) -> int:
    """The most memory a process has had. What `wait` tells of it begins with what its parent had."""
    try:
        told = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return 0
    return next((int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM")), 0)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
