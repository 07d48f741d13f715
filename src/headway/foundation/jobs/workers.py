"""Whether anybody does the jobs."""

from typing import Final

from django.db import connection

from headway.foundation.jobs.rescue import SILENT_SECONDS

_LIVING: Final = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)"


def living() -> int:
    """How many workers said in the last half minute that they live."""
    with connection.cursor() as cursor:
        cursor.execute(_LIVING, [SILENT_SECONDS])
        return int(cursor.fetchone()[0])
