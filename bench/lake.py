"""How fast the journal flows into the lake."""

import time
from datetime import UTC, datetime
from typing import Any

END = datetime(2026, 11, 1, tzinfo=UTC)


def run(tickets: int) -> dict[str, Any]:
    """Fills a lake anew from the journal of a simulated desk with so many tickets; events by the second."""
    from bench.ground import installation, processor

    with installation():
        from django.db import connection

        from headway.events.actor import Actor
        from headway.insight import tasks
        from headway.insight.actions import rebuilding
        from headway.insight.queries import lake
        from headway.simulator import load
        from headway.simulator.plan import Plan

        load.fill(Plan(end=END, days=120, tickets_per_day=tickets / 120, agents=20))
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backend = int(cursor.fetchone()[0])
        rebuilding.begin_anew("asked", actor=Actor.system())
        clock, ours, database = time.monotonic(), time.process_time(), processor(backend)
        entries = tasks.follow_journal()
        took = {
            "clock_seconds": time.monotonic() - clock,
            "processor_seconds": time.process_time() - ours,
            "database_seconds": processor(backend) - database,
        }
        told = lake.extent()
    used = took["processor_seconds"] + took["database_seconds"]
    return {
        "entries": entries,
        "rows": told.rows,
        "files": told.parts,
        "bytes": told.size,
        "a_second": entries / took["clock_seconds"],
        "a_second_a_core": entries / used,
        **took,
    }
