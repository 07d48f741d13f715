"""Jobs: they commit with their data, are retried, keep the order of their lock, and end in a list people can see."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction
from procrastinate.contrib.django import app
from psycopg.types.json import Jsonb

from headway.foundation.clock import now
from headway.foundation.errors import Conflict, NotFound
from headway.foundation.jobs import declaration, job, letters, resting, schedule
from headway.foundation.jobs.retries import ATTEMPTS, Patience, wait
from headway.foundation.models import JobFailure

Run = Callable[[], None]
ran: list[Any] = []
held = [False]


@job("test.note")
def note(number: int) -> None:
    ran.append(number)


@job("test.tell", queue="outward", outward=True)
def tell(number: int) -> None:
    ran.append(number)


@job("test.stumble", attempts=3)
def stumble(times: int) -> None:
    ran.append("stumbled")
    if ran.count("stumbled") <= times:
        raise Conflict("Somebody else was quicker.")


@job("test.quote", attempts=1)
def quote() -> None:
    raise ValueError("Dana wrote that her card was declined")


@job("test.break", attempts=1)
def break_row() -> None:
    with transaction.atomic():
        JobFailure.objects.create(job_id=1, error="")
        JobFailure.objects.create(job_id=1, error="")


@schedule("test.hourly", "0 * * * *")
def hourly() -> None:
    ran.append("hourly")
    if ran.count("hourly") < 3:
        raise Conflict("Not yet.")


@schedule("test.keep", "0 * * * *", while_held=True)
def keep() -> None:
    ran.append("keep")


@pytest.fixture(autouse=True)
def _begin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    ran.clear()
    held[0] = False
    monkeypatch.setattr(declaration, "_held", lambda: held[0])
    yield
    connections.close_all()


def _sql(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def _soon() -> None:
    """The waits before the next attempts are over."""
    _sql("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE scheduled_at < '9000-01-01'")


def _tick(at: int, *names: str) -> None:
    """The clock of a worker asks for these schedules."""
    for name in names:
        task: Any = app.tasks[name]
        deferred = task.configure(task_kwargs={"timestamp": at}).job
        values = (
            deferred.queue,
            deferred.lock,
            deferred.queueing_lock,
            name,
            deferred.priority,
            at,
            Jsonb({"timestamp": at}),
        )
        _sql("SELECT procrastinate_defer_periodic_job_v2(%s, %s, %s, %s, %s, '', %s, %s)", *values)


def test_a_job_exists_exactly_when_its_transaction_commits(committed_db: str, run_jobs: Run) -> None:
    def fails() -> None:
        with transaction.atomic():
            note.defer(number=1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    with transaction.atomic():
        note.defer(number=2)
        note.defer_many([(None, {"number": 3}), ("lock", {"number": 4})])
    run_jobs()
    assert ran == [2, 3, 4]
    assert _sql("SELECT count(*) FROM procrastinate_jobs") == [(0,)]


def test_a_job_for_later_waits(committed_db: str, run_jobs: Run) -> None:
    note.defer(at=now() + timedelta(hours=1), number=1)
    note.defer(at=now() - timedelta(hours=1), number=2)
    run_jobs()
    assert ran == [2]


def test_jobs_of_one_lock_keep_their_order_even_when_the_first_must_wait(committed_db: str, run_jobs: Run) -> None:
    stumble.defer(lock="ticket:1", times=1)
    note.defer(lock="ticket:1", number=1)
    note.defer(lock="ticket:2", number=2)
    run_jobs()
    assert ran == ["stumbled", 2]
    _soon()
    run_jobs()
    assert ran == ["stumbled", 2, "stumbled", 1]


def test_waits_double_for_half_an_hour() -> None:
    waits = [wait(attempts) for attempts in range(ATTEMPTS - 1)]
    assert waits[:4] == [2, 4, 8, 16]
    assert timedelta(minutes=30) < timedelta(seconds=sum(waits)) < timedelta(minutes=40)
    assert wait(10_000) == wait(11)
    assert Patience(3).attempts == 3


def test_what_succeeds_after_all_leaves_nothing(committed_db: str, run_jobs: Run) -> None:
    stumble.defer(times=2)
    run_jobs()
    assert JobFailure.objects.count() == 1
    for _ in range(2):
        _soon()
        run_jobs()
    assert ran == ["stumbled"] * 3
    assert (letters.count(), JobFailure.objects.count()) == (0, 0)


def test_what_fails_for_good_is_listed_and_can_be_retried(committed_db: str, run_jobs: Run) -> None:
    stumble.defer(times=3)
    for _ in range(4):
        _soon()
        run_jobs()
    assert ran == ["stumbled"] * 3
    [letter] = letters.dead_letters()
    assert (letter.name, letter.arguments, letter.attempts) == ("test.stumble", {"times": 3}, 3)
    assert letter.error.startswith("Conflict: Somebody else was quicker. at ")
    letters.retry(letter.id)
    assert letters.count() == 0
    run_jobs()
    assert ran == ["stumbled"] * 4
    assert JobFailure.objects.count() == 0
    with pytest.raises(NotFound):
        letters.retry(letter.id)


def test_a_dead_letter_can_be_discarded_once(committed_db: str, run_jobs: Run) -> None:
    quote.defer()
    run_jobs()
    [letter] = letters.dead_letters()
    assert "Dana" not in letter.error  # a message that is not ours may quote a customer
    assert letter.error.startswith("ValueError at ")
    letters.discard(letter.id)
    assert JobFailure.objects.count() == 0
    with pytest.raises(NotFound):
        letters.discard(letter.id)


def test_a_job_that_breaks_its_transaction_is_noted_all_the_same(committed_db: str, run_jobs: Run) -> None:
    break_row.defer()
    run_jobs()
    [letter] = letters.dead_letters()
    assert letter.error.startswith(IntegrityError.__name__)
    assert JobFailure.objects.count() == 1


def test_a_job_of_another_version_is_listed_with_its_reason(committed_db: str, run_jobs: Run) -> None:
    note.defer(number=1)
    _sql("UPDATE procrastinate_jobs SET task_name = 'of.another.version'")
    run_jobs()
    [letter] = letters.dead_letters()
    assert "no job of this name" in letter.error


def test_what_reaches_outside_rests_while_held(committed_db: str, run_jobs: Run) -> None:
    held[0] = True
    for number in (1, 2):
        tell.defer(lock="send:7", number=number)
    note.defer(number=3)
    run_jobs()
    assert ran == [3]
    assert resting.resting() == {"test.tell": 1}
    held[0] = False
    assert resting.wake_if_released() == 1
    run_jobs()
    assert ran == [3, 1, 2]
    assert JobFailure.objects.count() == 0


def test_a_schedule_runs_once_for_all_workers_and_goes_before_a_backlog(committed_db: str, run_jobs: Run) -> None:
    note.defer_many([(None, {"number": number}) for number in range(5)])
    for _worker in range(2):
        _tick(3600, "test.keep")
    run_jobs()
    assert ran == ["keep", 0, 1, 2, 3, 4]
    _tick(7200, "test.keep")
    run_jobs()
    assert ran.count("keep") == 2


def test_schedules_stand_still_while_held_unless_they_keep_the_house(committed_db: str, run_jobs: Run) -> None:
    held[0] = True
    _tick(3600, "test.hourly", "test.keep")
    run_jobs()
    assert ran == ["keep"]
    assert _sql("SELECT count(*) FROM procrastinate_jobs") == [(0,)]


def test_a_failing_schedule_is_one_dead_letter_until_it_succeeds(committed_db: str, run_jobs: Run) -> None:
    found = []
    for hour in range(1, 4):
        _tick(hour * 3600, "test.hourly")
        run_jobs()
        found.append([letter.error.partition(" at ")[0] for letter in letters.dead_letters()])
    assert found == [["Conflict: Not yet."], ["Conflict: Not yet."], []]
    assert JobFailure.objects.count() == 0


def test_a_failed_schedule_whose_next_run_waits_is_not_put_beside_it(committed_db: str, run_jobs: Run) -> None:
    _tick(3600, "test.hourly")
    run_jobs()
    _tick(7200, "test.hourly")
    [letter] = letters.dead_letters()
    letters.retry(letter.id)
    assert _sql("SELECT status::text FROM procrastinate_jobs") == [("todo",)]


def test_two_workers_run_each_job_once_and_each_lock_in_order(committed_db: str, run_jobs: Run) -> None:
    note.defer_many([(f"ticket:{number % 5}", {"number": number}) for number in range(100)])

    def work() -> None:
        run_jobs()
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    run_jobs()  # a worker ends when it finds nothing, which another's lock may cause
    assert sorted(ran) == list(range(100))
    for lock in range(5):
        assert [number for number in ran if number % 5 == lock] == list(range(lock, 100, 5))
