"""Jobs whose worker died go back to the queue; one that kills worker after worker becomes a dead letter."""

import structlog
from django.db import connection, transaction

from headway.foundation.jobs.declaration import ATTEMPTS, schedule
from headway.foundation.models import JobFailure

log = structlog.get_logger("headway.jobs")

# A worker says that it lives every 10 s (procrastinate's default); three missed beats mean that it does not.
SILENT_SECONDS = 30

_ORPHANS = """
SELECT job.id, job.attempts, job.task_name
FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
WHERE job.status = 'doing' AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s))
FOR UPDATE OF job SKIP LOCKED
"""


@transaction.atomic
def rescue_orphans(silent_seconds: float = SILENT_SECONDS) -> int:
    """Re-queues the jobs of dead workers; returns how many it found."""
    with connection.cursor() as cursor:
        cursor.execute(_ORPHANS, [silent_seconds])
        orphans = cursor.fetchall()
        for job_id, attempts, name in orphans:
            if attempts + 1 >= ATTEMPTS:
                cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [job_id])
                JobFailure.objects.update_or_create(job_id=job_id, defaults={"error": "The worker died in this job."})
                log.error("job gave up: its workers died", job=name, job_id=job_id)
            else:
                cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [job_id])
                log.warning("job rescued: its worker died", job=name, job_id=job_id)
        cursor.execute(
            "DELETE FROM procrastinate_workers WHERE last_heartbeat < now() - make_interval(secs => %s)",
            [silent_seconds],
        )
    return len(orphans)


@schedule("foundation.rescue", "* * * * *", while_held=True)
def rescue() -> None:
    """Every minute: jobs of dead workers go back to the queue."""
    rescue_orphans()
