"""The dead-letter list: jobs that failed for good, for people to see, retry or discard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from procrastinate.contrib.django import app

from headway.foundation.clock import now
from headway.foundation.errors import NotFound
from headway.foundation.models import JobFailure

_SELECT = """
SELECT j.id, j.task_name, j.args, j.attempts, f.error, f.at
FROM procrastinate_jobs j LEFT JOIN foundation_jobfailure f ON f.job_id = j.id
WHERE j.status = 'failed'
"""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A job that ran out of attempts."""

    id: int
    name: str
    arguments: dict[str, Any]
    attempts: int
    error: str
    at: datetime | None


def dead_letters(limit: int = 200) -> Sequence[DeadLetter]:
    """The newest first."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_SELECT} ORDER BY j.id DESC LIMIT %s", [limit])
        return [DeadLetter(row[0], row[1], _arguments(row[2]), row[3], row[4] or "", row[5]) for row in cursor]


def count() -> int:
    """How many jobs have failed for good."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
        return int(cursor.fetchone()[0])


@transaction.atomic
def retry(job_id: int) -> None:
    """Puts a dead letter back in the queue. Raises NotFound when it is no dead letter (any more)."""
    _claim(job_id)
    app.job_manager.retry_job_by_id(job_id, retry_at=now())


@transaction.atomic
def discard(job_id: int) -> None:
    """Deletes a dead letter. Raises NotFound when it is no dead letter (any more)."""
    _claim(job_id)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job_id])
    JobFailure.objects.filter(job_id=job_id).delete()


def _claim(job_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM procrastinate_jobs WHERE id = %s AND status = 'failed' FOR UPDATE", [job_id])
        if cursor.fetchone() is None:
            raise NotFound("This job is not in the list any more. Somebody may have retried or discarded it.")


def _arguments(value: Any) -> dict[str, Any]:
    import json

    return json.loads(value) if isinstance(value, str) else dict(value)
