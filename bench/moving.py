"""Speed of the import of a help desk's export, beside the same rows copied in as they are."""

import io
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from bench.exports import write
from bench.mail import own

# What an import fills. The plain way copies these rows into tables with the same columns and indexes.
_TABLES: Final = (
    *("people_organisation", "people_customer", "people_identity", "tickets_ticket", "tickets_message", "tickets_note"),
    *("tickets_tagging", "tickets_rating", "tickets_origin", "tickets_searchentry", "events_entry"),
    *("moving_item", "moving_figure"),
)


def run(tickets: int) -> dict[str, Any]:
    """Imports a made export, then once more; then copies the rows that it wrote."""
    from bench.ground import installation

    folder = Path(tempfile.mkdtemp(prefix="headway-export-"))
    try:
        comments = write(folder, tickets)
        with installation():
            ours, again, plain = _import(folder), _import(folder), _copied()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {
        "tickets": tickets,
        "comments": comments,
        "first": ours,
        "again": again,
        "plain": plain,
        "a_second_a_core": tickets / ours["processor_seconds"],
        "ratio": ours["processor_seconds"] / plain["processor_seconds"],
    }


def _import(folder: Path) -> dict[str, float]:
    from bench.ground import processor
    from headway.events.actor import Actor
    from headway.moving.actions import running
    from headway.moving.queries.runs import is_whole
    from headway.moving.reading import Wanted

    wanted = Wanted(source="zendesk", path=folder)
    backend, clock, before = _backend(), time.monotonic(), own()
    database = processor(backend)
    found = running.bring(running.begin(wanted, actor=Actor.system()), wanted, lambda _what, _count: None)
    assert is_whole(found), found.counts
    return {
        "wall_seconds": time.monotonic() - clock,
        "processor_seconds": own() - before + processor(backend) - database,
        "database_seconds": processor(backend) - database,
    }


def _copied() -> dict[str, float]:
    """The same rows by COPY, indexes and all."""
    from django.db import connection

    from bench.ground import processor

    backend = _backend()
    wall = seconds = 0.0
    with connection.cursor() as cursor:
        for table in _TABLES:
            kept = io.BytesIO()
            with cursor.copy(f"COPY (SELECT * FROM {table}) TO STDOUT") as out:
                for part in out:
                    kept.write(part)
            cursor.execute(f"CREATE TABLE bench_{table} (LIKE {table} INCLUDING ALL EXCLUDING IDENTITY)")
            clock, before, database = time.monotonic(), own(), processor(backend)
            with cursor.copy(f"COPY bench_{table} FROM STDIN") as into:
                into.write(kept.getvalue())
            wall += time.monotonic() - clock
            seconds += own() - before + processor(backend) - database
    return {"wall_seconds": wall, "processor_seconds": seconds}


def _backend() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])
