"""When a job that failed runs again."""

from datetime import UTC, datetime

from procrastinate import RetryDecision
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy

from headway.foundation.errors import Held

# With waits of 2, 4, 8 … seconds the last of eleven attempts is about half an hour after the first.
ATTEMPTS = 11

# The date of what rests in the queue: no worker takes it before it is woken.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


class Patience(BaseRetryStrategy):
    """Waits twice as long each time, gives up after so many attempts, and lays to rest what the hold keeps back."""

    def __init__(self, attempts: int) -> None:
        self.attempts = attempts

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, Held):
            return RetryDecision(retry_at=NEVER)
        if job.attempts + 1 >= self.attempts:
            return None
        return RetryDecision(retry_in={"seconds": wait(job.attempts)})


def wait(attempts: int) -> int:
    """Seconds before the next attempt of a job that has been retried `attempts` times."""
    return int(2 ** min(attempts + 1, 12))
