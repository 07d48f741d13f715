"""Which follower has had which event."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from headway.foundation.clock import now

# A job may come back after it was rescued or retried, and must find what was done. Once no job names the event any
# more nobody asks; the days are for whoever looks into what happened.
KEPT = timedelta(days=7)
_BATCH = 5000

_CLAIM = "INSERT INTO events_done (event_id, follower) VALUES (%s, %s) ON CONFLICT DO NOTHING"
_CLAIM_MANY = """
INSERT INTO events_done (event_id, follower) SELECT unnest(%s::bigint[]), %s ON CONFLICT DO NOTHING RETURNING event_id
"""
_FORGET = """
WITH batch AS (
    SELECT DISTINCT event_id FROM events_done WHERE event_id > %(after)s ORDER BY event_id LIMIT %(batch)s
), old AS (
    SELECT batch.event_id FROM batch LEFT JOIN events_entry entry ON entry.id = batch.event_id
    WHERE entry.id IS NULL OR entry.recorded_at < %(before)s
), gone AS (
    DELETE FROM events_done done USING old
    WHERE done.event_id = old.event_id AND NOT EXISTS (
        SELECT FROM procrastinate_jobs job
        WHERE job.task_name = ANY(%(jobs)s) AND job.args ->> 'event_id' = done.event_id::text
    )
    RETURNING 1
)
SELECT (SELECT max(event_id) FROM batch), (SELECT count(*) FROM old), (SELECT count(*) FROM gone)
"""


def claim(event_id: int, follower: str) -> bool:
    """Whether the follower has not had the event yet. Then it has now, if the caller's transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [event_id, follower])
        return bool(cursor.rowcount == 1)


def claim_many(event_ids: Sequence[int], follower: str) -> set[int]:
    """Those of the events that the follower has not had yet. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM_MANY, [list(event_ids), follower])
        return {row[0] for row in cursor.fetchall()}


def forget(jobs: list[str], *, before: datetime | None = None) -> int:
    """Deletes what no job of these names can ask for again, about events older than `KEPT`; returns how many rows."""
    values: dict[str, Any] = {"after": 0, "batch": _BATCH, "before": before or now() - KEPT, "jobs": jobs}
    forgotten = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_FORGET, values)
            last, old, gone = cursor.fetchone()
        forgotten += int(gone)
        if not old:
            return forgotten
        values["after"] = last
