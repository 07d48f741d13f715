"""How a function becomes a job."""

import functools
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Generic, ParamSpec

import procrastinate
import structlog
from django.db import close_old_connections
from procrastinate.contrib.django import app

from headway.foundation.jobs.failures import note_failure

P = ParamSpec("P")
log = structlog.get_logger("headway.jobs")

_never: Callable[[], bool] = lambda: False  # noqa: E731
_held: Callable[[], bool] = _never

# With exponential waits of 2, 4, 8 … seconds the last of ten attempts is about half an hour after the first.
ATTEMPTS = 10


def set_held_check(check: Callable[[], bool]) -> None:
    """Tells the jobs how to find out whether the workspace is held. Called once at start-up by `settings`."""
    global _held
    _held = check


class Job(Generic[P]):
    """A named function that can be deferred. Calling it runs it here and now."""

    def __init__(self, name: str, queue: str, function: Callable[P, None]) -> None:
        self.name = name
        self.queue = queue
        self.function = function

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        self.function(*args, **kwargs)

    def defer(self, *, lock: str | None = None, at: datetime | None = None, **arguments: Any) -> int:
        """Asks for a run after this transaction commits (or at `at`, if later). Returns the job's id.

        Jobs with the same `lock` run one at a time, in the order they were deferred.
        """
        return app.configure_task(name=self.name, queue=self.queue, lock=lock, schedule_at=at).defer(**arguments)

    def defer_many(self, jobs: Iterable[tuple[str | None, Mapping[str, Any]]]) -> None:
        """Asks for many runs at once: pairs of lock and arguments. Far cheaper than one by one."""
        tasks = [
            app.configure_task(name=self.name, queue=self.queue, lock=lock).make_new_job(**arguments)
            for lock, arguments in jobs
        ]
        if tasks:
            app.job_manager.batch_defer_jobs(tasks)


def job(
    name: str, *, queue: str = "default", attempts: int = ATTEMPTS, outward: bool = False
) -> Callable[[Callable[P, None]], Job[P]]:
    """Declares a job. The function must be idempotent: it may run more than once, for it is retried.

    `outward` jobs reach beyond this installation (mail, webhooks). While the workspace is held they end without doing
    anything: what they would have sent stays pending in its own table until the release asks again.
    """

    def declare(function: Callable[P, None]) -> Job[P]:
        @functools.wraps(function)
        def run(context: procrastinate.JobContext, *args: P.args, **kwargs: P.kwargs) -> None:
            _run(name, function, context, outward, *args, **kwargs)

        retry = procrastinate.RetryStrategy(max_attempts=attempts, exponential_wait=2)
        task: Any = app.task(name=name, queue=queue, retry=retry, pass_context=True)
        task(run)
        return Job(name, queue, function)

    return declare


def schedule(
    name: str, cron: str, *, queue: str = "default", while_held: bool = False
) -> Callable[[Callable[[], None]], Job[[]]]:
    """Declares a job that runs by the clock (`cron` in UTC), once however many workers there are.

    While the workspace is held it does not run, unless it only keeps the installation itself in order (`while_held`).
    """

    def declare(function: Callable[[], None]) -> Job[[]]:
        @functools.wraps(function)
        def run(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 (procrastinate passes it)
            _run(name, function, context, not while_held)

        task = app.task(name=name, queue=queue, queueing_lock=name, pass_context=True)(run)
        app.periodic(cron=cron)(task)
        return Job(name, queue, function)

    return declare


def _run(
    name: str,
    function: Callable[P, None],
    context: procrastinate.JobContext,
    outward: bool,
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> None:
    close_old_connections()
    assert context.job is not None
    with structlog.contextvars.bound_contextvars(job=name, job_id=context.job.id, attempt=context.job.attempts + 1):
        if outward and _held():
            log.info("job skipped while the workspace is held")
            return
        try:
            function(*args, **kwargs)
        except Exception as error:
            assert context.job.id is not None
            note_failure(context.job.id, error)
            log.warning("job failed", exc_info=True)
            raise
        finally:
            close_old_connections()
