"""Jobs whose worker died: back in the queue once, by one rescuer, and in the end given up."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections, transaction
from procrastinate.contrib.django import app

from headway.foundation.jobs import job, letters, rescue, schedule
from headway.foundation.models import JobFailure


@job("test.kill", attempts=3)
def kill() -> None:
    """Never runs here: its workers are dead already."""


@schedule("test.nightly", "0 3 * * *")
def nightly() -> None:
    """Never runs here."""


@pytest.fixture(autouse=True)
def _long_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server has been up for long, as in life: its start says nothing about the silence of workers."""
    start = "pg_postmaster_start_time()"
    for name in ("_SILENT", "_ORPHANS"):
        monkeypatch.setattr(rescue, name, getattr(rescue, name).replace(start, f"{start} - interval '1 day'"))


@pytest.fixture(autouse=True)
def _close() -> Iterator[None]:
    yield
    connections.close_all()


def _sql(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def _worker(silent: int) -> int:
    """A worker last heard of so many seconds ago."""
    statement = (
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id"
    )
    return int(_sql(statement, silent)[0][0])


def _takes(worker: int) -> None:
    _sql("SELECT procrastinate_fetch_job_v2(NULL, %s)", worker)


def _state() -> list[tuple[Any, ...]]:
    return _sql("SELECT status::text, attempts, scheduled_at > now() FROM procrastinate_jobs ORDER BY id")


def test_a_dead_workers_job_comes_back_and_the_worker_is_forgotten(committed_db: str) -> None:
    kill.defer()
    _takes(_worker(silent=31))
    assert rescue.rescue_orphans() == 1
    assert _state() == [("todo", 1, False)]
    assert _sql("SELECT count(*) FROM procrastinate_workers") == [(0,)]
    assert rescue.rescue_orphans() == 0


def test_a_living_workers_job_is_left_alone(committed_db: str) -> None:
    kill.defer()
    _takes(_worker(silent=25))
    assert rescue.rescue_orphans() == 0
    assert _state() == [("doing", 0, None)]


def test_after_a_start_of_the_server_workers_have_time_to_speak(
    committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_SILENT", "_ORPHANS"):
        changed = getattr(rescue, name).replace("pg_postmaster_start_time() - interval '1 day'", "now()")
        monkeypatch.setattr(rescue, name, changed)
    kill.defer()
    _takes(_worker(silent=3600))
    assert rescue.rescue_orphans() == 0


def test_a_job_whose_worker_signed_off_without_it_comes_back(committed_db: str) -> None:
    kill.defer()
    worker = _worker(silent=0)
    _takes(worker)
    app.job_manager.connector.execute_query("SELECT procrastinate_unregister_worker_v1(%(w)s)", w=worker)
    assert rescue.rescue_orphans() == 1


def test_one_that_kills_worker_after_worker_waits_longer_and_is_given_up(committed_db: str) -> None:
    kill.defer()
    seen = []
    for _ in range(3):
        _sql("UPDATE procrastinate_jobs SET scheduled_at = NULL")
        _takes(_worker(silent=60))
        assert rescue.rescue_orphans() == 1
        seen.append(_state()[0])
    assert seen[:2] == [("todo", 1, False), ("todo", 2, True)]
    assert seen[2][:2] == ("failed", 3)
    [letter] = letters.dead_letters()
    assert letter.error == "The worker died in this job."
    letters.retry(letter.id)
    _takes(_worker(silent=60))
    rescue.rescue_orphans()
    assert letters.count() == 1  # one more attempt, not three


def test_a_schedule_is_run_again_once_unless_its_next_run_waits(committed_db: str) -> None:
    task: Any = app.tasks["test.nightly"]
    task.defer(timestamp=1)
    _takes(_worker(silent=60))
    rescue.rescue_orphans()
    assert _state() == [("todo", 1, False)]
    _takes(_worker(silent=60))
    task.defer(timestamp=2)
    rescue.rescue_orphans()
    assert _sql("SELECT status::text, args ->> 'timestamp' FROM procrastinate_jobs") == [("todo", "2")]


def test_rescuers_at_once_rescue_each_job_once(committed_db: str) -> None:
    worker = _worker(silent=60)
    kill.defer_many([(None, {}) for _ in range(40)])
    for _ in range(40):
        _takes(worker)
    found: list[int] = []

    def run() -> None:
        found.append(rescue.rescue_orphans())
        connections.close_all()

    rescuers = [threading.Thread(target=run) for _ in range(4)]
    for rescuer in rescuers:
        rescuer.start()
    for rescuer in rescuers:
        rescuer.join()
    assert sum(found) == 40
    assert _state() == [("todo", 1, False)] * 40


def test_a_job_that_a_living_worker_took_meanwhile_is_not_taken_from_it(committed_db: str) -> None:
    """The second rescuer looked before the first was done."""
    kill.defer()
    dead = _worker(silent=60)
    _takes(dead)
    [(job_id,)] = _sql("SELECT id FROM procrastinate_jobs")
    rescue.rescue_orphans()
    _takes(_worker(silent=0))
    assert rescue._rescue(job_id, dead) is False
    assert _state()[0][:2] == ("doing", 1)


def test_one_in_the_hands_of_another_rescuer_is_passed_by(committed_db: str) -> None:
    kill.defer()
    _takes(_worker(silent=60))
    found: list[int] = []

    def run() -> None:
        found.append(rescue.rescue_orphans())
        connections.close_all()

    with transaction.atomic():
        _sql("SELECT 1 FROM procrastinate_jobs FOR UPDATE")
        thread = threading.Thread(target=run)
        thread.start()
        # the worker's row is deleted with the job's reference to it, which waits for us: let go
        thread.join(timeout=0.5)
    thread.join()
    assert found == [0]
    assert rescue.rescue_orphans() == 1
    assert JobFailure.objects.count() == 0
