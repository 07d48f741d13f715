"""How a function becomes a job."""

import functools
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Generic, ParamSpec

import procrastinate
import structlog
from django.db import Error, close_old_connections
from django.utils import translation
from procrastinate.contrib.django import app

from headway.foundation import telemetry
from headway.foundation.errors import Held
from headway.foundation.jobs import failures
from headway.foundation.jobs.retries import ATTEMPTS, Patience

P = ParamSpec("P")
log = structlog.get_logger("headway.jobs")

_never: Callable[[], bool] = lambda: False  # noqa: E731
_held: Callable[[], bool] = _never
_english: Callable[[], str] = lambda: "en"  # noqa: E731
_language: Callable[[], str] = _english

# Those of the clock go before a backlog, or nothing would fall due while it lasts.
_SCHEDULE_PRIORITY = 10

# Schedules that do not run while the workspace is held, for whoever shows what the release would set going.
RESTING: set[str] = set()
# How often a job of each name may run, for the rescuer.
_attempts: dict[str, int] = {}


def set_held_check(check: Callable[[], bool]) -> None:
    """Tells the jobs how to find out whether the workspace is held. Called once at start-up by `settings`."""
    global _held
    _held = check


def set_language(ask: Callable[[], str]) -> None:
    """Tells the jobs how to find out which language they write in. Called once at start-up by `settings`."""
    global _language
    _language = ask


def is_held() -> bool:
    """Whether jobs that reach beyond this installation must rest."""
    return _held()


def attempts_of(name: str) -> int:
    """How often a job of this name may run before it is given up."""
    return _attempts.get(name, ATTEMPTS)


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

    def defer_sql(self, rows: str, *, arguments: str, lock: str) -> str:
        """An INSERT that asks for a run for each of `rows`, for who writes these in the same statement.

        `rows` is what may stand after FROM, `arguments` an expression for the arguments as jsonb, `lock` one for the
        lock. procrastinate's own function for it costs a third more.
        """
        return (
            "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args) "
            f"SELECT '{self.queue}', '{self.name}', {lock}, {arguments} FROM {rows}"
        )

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

    `outward` jobs reach beyond this installation (mail, webhooks). While the workspace is held they rest in the queue
    without having run; the release wakes them. `attempts` is how often it may run before it becomes a dead letter.
    """

    def declare(function: Callable[P, None]) -> Job[P]:
        @functools.wraps(function)
        def run(context: procrastinate.JobContext, *args: P.args, **kwargs: P.kwargs) -> None:
            def work() -> None:
                if outward and _held():
                    raise Held("The workspace is held.")
                function(*args, **kwargs)
                if context.job.attempts:
                    failures.forget(_id(context))

            _run(name, context, work)

        _attempts[name] = attempts
        task: Any = app.task(name=name, queue=queue, retry=Patience(attempts), pass_context=True)
        task(run)
        return Job(name, queue, function)

    return declare


def schedule(
    name: str, cron: str, *, queue: str = "default", while_held: bool = False
) -> Callable[[Callable[[], None]], Job[[]]]:
    """Declares a job that runs by the clock (`cron` in UTC), once however many workers there are, never beside itself.

    While the workspace is held it does not run, unless it only keeps the installation itself in order (`while_held`).
    A run that fails is not repeated: the next one comes by itself. The dead-letter list shows the latest failure until
    a run succeeds.
    """

    def declare(function: Callable[[], None]) -> Job[[]]:
        @functools.wraps(function)
        def run(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 (procrastinate passes it)
            def work() -> None:
                if not while_held and _held():
                    log.info("schedule skipped while the workspace is held")
                    return
                function()
                failures.forget_earlier(name)

            _run(name, context, work)

        # a worker may die in it once by accident
        _attempts[name] = 2
        options: dict[str, Any] = {"queueing_lock": name, "lock": name, "priority": _SCHEDULE_PRIORITY}
        task = app.task(name=name, queue=queue, pass_context=True, **options)(run)
        app.periodic(cron=cron)(task)
        if not while_held:
            RESTING.add(name)
        return Job(name, queue, function)

    return declare


def _run(name: str, context: procrastinate.JobContext, work: Callable[[], None]) -> None:
    facts: dict[str, telemetry.Value] = {"job": name, "job_id": _id(context), "attempt": context.job.attempts + 1}
    close_old_connections()
    with (
        structlog.contextvars.bound_contextvars(**facts),
        telemetry.span(f"job {name}", {f"headway.{key}": value for key, value in facts.items()}),
    ):
        try:
            # what a job notes for people is read later, by whoever looks
            with translation.override(_language()):
                work()
        except Held:
            log.info("job rests while the workspace is held")
            raise
        except Exception as error:
            log.warning("job failed", exc_info=True)
            _note(name, context, error)
            raise
        finally:
            close_old_connections()


def _note(name: str, context: procrastinate.JobContext, error: Exception) -> None:
    close_old_connections()
    try:
        failures.note(_id(context), error)
        if context.job.queueing_lock == name:
            failures.forget_earlier(name)
    except Error:
        # the database is away, which is most likely why the job failed: the log above has to do
        log.warning("the failure could not be noted")


def _id(context: procrastinate.JobContext) -> int:
    assert context.job.id is not None
    return context.job.id
