"""Jobs whose worker died go back to the queue; one that kills worker after worker becomes a dead letter."""

import structlog
from django.db import connection, transaction

from headway.foundation.jobs.declaration import attempts_of
from headway.foundation.jobs.retries import wait
from headway.foundation.models import JobFailure

log = structlog.get_logger("headway.jobs")

# A worker says every 10 s that it lives; three missed beats mean that it does not.
SILENT_SECONDS = 30

# While the server was away nobody could say anything, so the silence counts from its start.
_SILENT = "greatest(worker.last_heartbeat, pg_postmaster_start_time()) < now() - make_interval(secs => %s)"
_ORPHANS = f"""
SELECT job.id, job.worker_id
FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
WHERE job.status = 'doing' AND (worker.id IS NULL OR {_SILENT})
"""
# Asked again row by row: another rescuer may have been quicker, and a living worker may have the job by now.
_CLAIM = """
SELECT task_name, attempts, queueing_lock IS NOT NULL AND EXISTS (
    SELECT FROM procrastinate_jobs other WHERE other.queueing_lock = job.queueing_lock AND other.status = 'todo'
)
FROM procrastinate_jobs job
WHERE id = %s AND status = 'doing' AND worker_id IS NOT DISTINCT FROM %s
FOR UPDATE SKIP LOCKED
"""


def rescue_orphans(silent_seconds: float = SILENT_SECONDS) -> int:
    """Re-queues the jobs of dead workers and forgets these; returns how many jobs it found."""
    with connection.cursor() as cursor:
        cursor.execute(_ORPHANS, [silent_seconds])
        orphans = cursor.fetchall()
    rescued = sum(_rescue(job_id, worker_id) for job_id, worker_id in orphans)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM procrastinate_workers worker WHERE {_SILENT}", [silent_seconds])
    return rescued


@transaction.atomic
def _rescue(job_id: int, worker_id: int | None) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [job_id, worker_id])
        found = cursor.fetchone()
        if found is None:
            return False
        name, attempts, waits_already = found
        if waits_already:
            # a schedule whose next run is in the queue: that one will do
            cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'aborted', true)", [job_id])
        elif attempts + 1 >= attempts_of(name):
            cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [job_id])
            JobFailure.objects.update_or_create(job_id=job_id, defaults={"error": "The worker died in this job."})
            log.error("job gave up: its workers died", job=name, job_id=job_id)
        else:
            # at once after the first death; later apart from those that died with it, for one of them is the cause
            pause = wait(attempts) if attempts else 0
            cursor.execute(
                "SELECT procrastinate_retry_job_v2(%s, now() + make_interval(secs => %s), NULL, NULL, NULL)",
                [job_id, pause],
            )
            log.warning("job rescued: its worker died", job=name, job_id=job_id)
    return True
