"""Jobs that reach beyond this installation, laid to rest in the queue while the workspace is held.

A job that finds the workspace held goes back to the queue under a date that never comes, with its place in the order
of its lock. The release brings all of them back, so whoever declares an outward job has nothing to ask for again.
"""

from collections.abc import Mapping

from django.db import connection

from headway.foundation.jobs.declaration import is_held
from headway.foundation.jobs.retries import NEVER

# going to rest counted as an attempt, which it was not
_WAKE = """
WITH woken AS (
    UPDATE procrastinate_jobs SET scheduled_at = NULL, attempts = greatest(attempts - 1, 0)
    WHERE status = 'todo' AND scheduled_at = %s RETURNING queue_name
), counted AS (SELECT queue_name, count(*) AS jobs FROM woken GROUP BY queue_name)
SELECT coalesce(sum(jobs), 0),
       count(pg_notify('procrastinate_queue_v1#' || queue_name, %s)), count(pg_notify('procrastinate_any_queue_v1', %s))
FROM counted
"""
_NEWS = '{"type": "job_inserted", "job_id": 0}'


def wake() -> int:
    """Brings the resting jobs back, in their order; returns how many. Part of the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_WAKE, [NEVER, _NEWS, _NEWS])
        return int(cursor.fetchone()[0])


def wake_if_released() -> int:
    """Brings back what went to rest in the very moment of the release; returns how many."""
    return 0 if is_held() else wake()


def resting() -> Mapping[str, int]:
    """How many jobs rest, by name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, count(*) FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at = %s "
            "GROUP BY task_name ORDER BY task_name",
            [NEVER],
        )
        return {str(name): int(jobs) for name, jobs in cursor.fetchall()}


def discard(name: str) -> int:
    """Deletes the resting jobs of one name, for what another installation has done already; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at = %s AND task_name = %s",
            [NEVER, name],
        )
        return int(cursor.rowcount)
