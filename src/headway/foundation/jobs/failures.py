"""Why a job failed, kept beside the job until it succeeds or is discarded."""

import traceback

from headway.foundation.errors import HeadwayError


def describe(error: BaseException) -> str:
    """The kind of error and where it arose. The message only when we wrote it: others may quote a customer."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename.rsplit('/headway/', 1)[-1]}:{frames[-1].lineno}" if frames else ""
    text = f": {error.message}" if isinstance(error, HeadwayError) else ""
    return f"{type(error).__name__}{text}{where}"


def note_failure(job_id: int, error: BaseException) -> None:
    """Remembers the latest failure of a job."""
    from headway.foundation.models import JobFailure

    JobFailure.objects.update_or_create(job_id=job_id, defaults={"error": describe(error)[:500]})
