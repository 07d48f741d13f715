"""Imports that say they are under way though nothing is at work on them."""

from typing import Final

from headway.foundation.rows import fetch_sql

# One statement, so that a job that ends meanwhile is seen with what it wrote before it ended. Commands have no job:
# they hold a lock, from a moment after they began.
_STRANDED: Final = """
SELECT run.id, run.size = 0 AND run.sealed = ''
FROM moving_run run
WHERE run.state IN ('checking', 'waiting', 'running') AND NOT EXISTS (
    SELECT FROM procrastinate_jobs job
    WHERE job.task_name = CASE run.state WHEN 'checking' THEN 'moving.check' ELSE 'moving.bring' END
        AND job.status IN ('todo', 'doing') AND (job.args->>'run_id')::bigint = run.id
) AND (run.size > 0 OR run.sealed <> '' OR run.started_at < now() - interval '5 minutes')
ORDER BY run.id
"""


def stranded() -> list[tuple[int, bool]]:
    """Their numbers, and whether a command began them (whose lock tells whether it lives)."""
    return [(number, bool(by_command)) for number, by_command in fetch_sql(_STRANDED, [])]
