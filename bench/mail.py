"""Speed of the mail import, on mails made here."""

import resource
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.letters import letters


def run(mails: int) -> dict[str, Any]:
    """Imports `mails` made mails, a third of them replies, through the command's own door."""
    from bench.ground import installation, processor

    folder = Path(tempfile.mkdtemp(prefix="headway-mails-"))
    try:
        _write(folder, mails)
        with installation():
            from django.db import connection

            from headway.intake.email import importing

            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                backend = int(cursor.fetchone()[0])
            clock, ours, database = time.monotonic(), own(), processor(backend)
            importing.run([folder], progress=lambda _what, _count: None)
            seconds = own() - ours + processor(backend) - database
            wall = time.monotonic() - clock
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {
        "mails": mails,
        "processor_seconds": seconds,
        "a_second_a_core": mails / seconds,
        "wall_seconds": wall,
    }


def own() -> float:
    """Processor seconds of this process and its finished children."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in usage)


def _write(folder: Path, mails: int) -> None:
    for number, raw in enumerate(letters(mails)):
        (folder / f"{number:06}.eml").write_bytes(raw)
