"""A real Spark cluster on loopback: a master and two workers, each a process of its own."""

import json
import os
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from headway.ops.tests.ports import free_port

WORKERS = 2
_SECONDS = 120.0
_MEMORY_MB = 1024  # what an executor takes


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """The address of a master at which two workers are ready."""
    port, page = free_port(), free_port()
    address = f"spark://127.0.0.1:{port}"
    started: list[subprocess.Popen[bytes]] = []
    try:
        started.append(_start(folder, "master.Master", "--port", str(port), "--webui-port", str(page)))
        for number in range(WORKERS):
            place = folder / f"worker-{number}"
            cores = ("--cores", "1", "--memory", f"{_MEMORY_MB}m", "--work-dir", str(place))
            started.append(_start(folder, "worker.Worker", *cores, "--webui-port", "0", address))
        _wait(f"http://127.0.0.1:{page}/json/", started)
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait(timeout=30)


def _start(folder: Path, what: str, *options: str) -> subprocess.Popen[bytes]:
    found = find_spec("pyspark")
    assert found is not None
    assert found.origin is not None
    home = Path(found.origin).parent
    with (folder / f"{what}-{time.monotonic_ns()}.log").open("wb") as log:
        return subprocess.Popen(
            [home / "bin/spark-class", f"org.apache.spark.deploy.{what}", "--host", "127.0.0.1", *options],
            env={**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"},
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def _wait(page: str, started: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        assert all(process.poll() is None for process in started), "a process of the cluster ended"
        try:
            with urllib.request.urlopen(page, timeout=5) as answer:
                if json.load(answer)["aliveworkers"] == WORKERS:
                    return
        except (OSError, ValueError):  # while it begins it is silent, or answers with an empty page
            pass
        time.sleep(0.2)
    raise AssertionError("the cluster did not come up")
