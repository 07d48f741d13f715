"""Why a job failed, kept beside the job until it succeeds or is discarded."""

import traceback

from django.db import connection, transaction

from headway.foundation.errors import HeadwayError
from headway.foundation.models import JobFailure

_EARLIER = "DELETE FROM procrastinate_jobs WHERE task_name = %s AND status = 'failed' RETURNING id"
_GONE = """
DELETE FROM foundation_jobfailure failure
WHERE NOT EXISTS (SELECT FROM procrastinate_jobs job WHERE job.id = failure.job_id)
"""


def describe(error: BaseException) -> str:
    """The kind of error and where it arose. The message only when we wrote it: others may quote a customer."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename.rsplit('/headway/', 1)[-1]}:{frames[-1].lineno}" if frames else ""
    text = f": {error.message}" if isinstance(error, HeadwayError) else ""
    return f"{type(error).__name__}{text}{where}"


def note(job_id: int, error: BaseException) -> None:
    """Remembers the latest failure of a job."""
    JobFailure.objects.update_or_create(job_id=job_id, defaults={"error": describe(error)[:500]})


def forget(job_id: int) -> None:
    """The job succeeded after all."""
    JobFailure.objects.filter(job_id=job_id).delete()


@transaction.atomic
def forget_earlier(schedule: str) -> None:
    """Clears a schedule's earlier failures from the dead-letter list: a newer run has said how it is."""
    with connection.cursor() as cursor:
        cursor.execute(_EARLIER, [schedule])
        gone = [row[0] for row in cursor.fetchall()]
    if gone:
        JobFailure.objects.filter(job_id__in=gone).delete()


def forget_gone() -> int:
    """Deletes what was noted about jobs that are no more; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(_GONE)
        return int(cursor.rowcount)
