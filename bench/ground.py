"""The ground a benchmark stands on: a server of its own, a migrated database, and processor time counted fairly."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


@contextmanager
def installation(folder: Path | None = None) -> Iterator[str]:
    """A fresh installation with its own server; Django is set up on it inside the block. Yields the database's address.

    `folder` keeps the data, so that a large load is made once and used again.
    """
    home = folder or Path(tempfile.mkdtemp(prefix="headway-bench-"))
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o755)
    os.environ["HEADWAY_HOME"] = str(home)
    os.environ["HEADWAY_LOG_LEVEL"] = "error"
    os.environ["DJANGO_SETTINGS_MODULE"] = "headway.config.settings"
    from headway.ops.embedded import EmbeddedServer

    server = EmbeddedServer(home / "postgres")
    try:
        os.environ["DATABASE_URL"] = server.start()
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0, skip_checks=True)
        yield os.environ["DATABASE_URL"]
    finally:
        server.stop()
        if folder is None:
            shutil.rmtree(home, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor milliseconds of one run: in this process, and in the database's process that served it."""

    ours: float
    database: float

    @property
    def both(self) -> float:
        """All of it."""
        return self.ours + self.database


def measure(work: Callable[[], object], times: int, *, rounds: int = 5, warm: int = 20) -> Cost:
    """The median round's processor time for one run of `work` on Django's connection."""
    from django.db import connection

    for _ in range(warm):
        work()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = int(cursor.fetchone()[0])
    costs = []
    for _ in range(rounds):
        ours, database = time.process_time(), processor(backend)
        for _ in range(times):
            work()
        costs.append(Cost((time.process_time() - ours) / times * 1000, (processor(backend) - database) / times * 1000))
    return sorted(costs, key=lambda cost: cost.both)[rounds // 2]


def processor(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK
