"""The dead-letter list: jobs that failed for good, for people to see, retry or discard."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from headway.foundation.clock import now
from headway.foundation.errors import NotFound
from headway.foundation.models import JobFailure

_SELECT = """
SELECT j.id, j.task_name, j.args, j.attempts, f.error, f.at
FROM procrastinate_jobs j LEFT JOIN foundation_jobfailure f ON f.job_id = j.id
WHERE j.status = 'failed'
"""
_CLAIM = """
SELECT queueing_lock IS NOT NULL AND EXISTS (
    SELECT FROM procrastinate_jobs other WHERE other.queueing_lock = job.queueing_lock AND other.status = 'todo'
)
FROM procrastinate_jobs job WHERE id = %s AND status = 'failed' FOR UPDATE
"""
_OF = """
SELECT id FROM procrastinate_jobs
WHERE task_name = %s AND status = 'failed' AND (args->>%s)::bigint = %s FOR UPDATE
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
        return [_letter(row) for row in cursor]


def count() -> int:
    """How many jobs have failed for good."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
        return int(cursor.fetchone()[0])


@transaction.atomic
def retry(job_id: int) -> None:
    """Puts a dead letter back in the queue for one more attempt, or drops it where its schedule is in the queue anyway.

    Raises NotFound when it is no dead letter (any more).
    """
    if _claim(job_id):
        _drop(job_id)
    else:
        app.job_manager.retry_job_by_id(job_id, retry_at=now())


@transaction.atomic
def discard(job_id: int) -> None:
    """Deletes a dead letter. Raises NotFound when it is no dead letter (any more)."""
    _claim(job_id)
    _drop(job_id)


@transaction.atomic
def discard_of(name: str, argument: str, value: int) -> int:
    """Deletes the dead letters of one thing, which tells by itself that its work was given up; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(_OF, [name, argument, value])
        numbers = [number for (number,) in cursor.fetchall()]
    for number in numbers:
        _drop(number)
    return len(numbers)


def _claim(job_id: int) -> bool:
    """Locks the dead letter and says whether one with its queueing lock waits already."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [job_id])
        row = cursor.fetchone()
    if row is None:
        raise NotFound(_("This job is not in the list any more. Somebody may have retried or discarded it."))
    return bool(row[0])


def _drop(job_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job_id])
    JobFailure.objects.filter(job_id=job_id).delete()


def _letter(row: Sequence[Any]) -> DeadLetter:
    job_id, name, arguments, attempts, error, at = row
    # a job of a newer version, met by an older worker, or of an older one whose name is gone
    unknown = "" if name in app.tasks else _("This version knows no job of this name.")
    plain = json.loads(arguments) if isinstance(arguments, str) else dict(arguments)
    return DeadLetter(job_id, name, plain, attempts, error or unknown, at)
