"""A worker's session with the database: what it does when the database, or the end of a job, is not what it was."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from headway.foundation.jobs import job, rescue, schedule
from headway.ops.serving import lanes, worker
from headway.ops.serving.lanes import PatientConnector, Session

ran: list[str] = []
gate = threading.Event()


@job("test.vanish", attempts=1)
def vanish() -> None:
    """Its row is gone when its end is to be noted."""
    ran.append("vanish")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'test.vanish'")


@job("test.inward")
def inward(name: str) -> None:
    ran.append(name)


@job("test.hang", queue="outward", outward=True)
def hang() -> None:
    """A mail server that does not answer."""
    assert gate.wait(30)
    ran.append("hung")


@job("test.held", queue="outward")
def held() -> None:
    ran.append("held")
    assert gate.wait(30)


@pytest.fixture(scope="module")
def every_second() -> Iterator[None]:
    """A schedule for every second, known to this file's sessions only."""

    @schedule("test.every_second", "* * * * * *", while_held=True)
    def tick() -> None:
        ran.append("tick")

    yield
    # a parallel run may come back to this file after another one, and then declares it again
    del app.periodic_registry.periodic_tasks[tick.name, ""]
    del app.tasks[tick.name]


class Works:
    """A session in a thread of its own, with one job at a time in each lane; or one `after` another."""

    def __init__(self, *, after: bool = False) -> None:
        self._after = after
        self.ended = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def stop(self) -> None:
        if not self.ended.is_set():
            self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(timeout=60)
        assert self.ended.is_set()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._work())
        finally:
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()
            connections.close_all()
            self.ended.set()

    async def _work(self) -> None:
        working = app.with_connector(PatientConnector.to(connector_params()))
        if self._after:
            await worker.sessions(working, 1, self._stopping)
            return
        async with working.open_async():
            await Session(working, 1).run(self._stopping)


@pytest.fixture
def begins(committed_db: str, every_second: None) -> Iterator[Callable[..., Works]]:
    """Begins sessions; all have ended after the test."""
    ran.clear()
    gate.clear()
    begun: list[Works] = []

    def begin(*, after: bool = False) -> Works:
        begun.append(Works(after=after))
        return begun[-1]

    yield begin
    gate.set()
    for session in begun:
        session.stop()


def _until(condition: Callable[[], object]) -> None:
    for _ in range(900):
        if condition():
            return
        threading.Event().wait(0.1)
    raise AssertionError(f"waited in vain; ran: {ran}")


def test_a_job_whose_end_cannot_be_noted_ends_the_session(begins: Callable[[], Works]) -> None:
    """Its row may say `doing` for ever: the session signs off, so that a rescuer finds what it leaves."""
    vanish.defer()
    session = begins()
    assert session.ended.wait(60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_workers")
        assert cursor.fetchone() == (0,)
    inward.defer(name="next")
    begins()
    _until(lambda: "next" in ran)


def test_what_hangs_outside_holds_up_nobody_inside(begins: Callable[[], Works]) -> None:
    hang.defer()
    inward.defer(name="first")
    begins()
    _until(lambda: "first" in ran)
    inward.defer(name="second")
    _until(lambda: "second" in ran)
    assert "hung" not in ran
    gate.set()
    _until(lambda: "hung" in ran)


def test_work_goes_on_after_the_loss_of_all_connections(begins: Callable[..., Works], committed_db: str) -> None:
    begins(after=True)
    _until(lambda: "tick" in ran)
    with psycopg.connect(committed_db, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    connections.close_all()
    ran.clear()
    _until(lambda: ran.count("tick") > 1)
    inward.defer(name="after")
    _until(lambda: "after" in ran)


def test_the_look_after_the_queue_rescues_and_keeps_itself_alive(
    begins: Callable[[], Works], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Any] = []
    monkeypatch.setattr(rescue, "rescue_orphans", lambda seconds: looked.append(seconds))
    begins()
    _until(lambda: looked)
    assert looked[0] == rescue.SILENT_SECONDS


def _listening() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'"
        )
        return int(cursor.fetchone()[0])


async def _rest(_lane: lanes.Lane) -> None:
    await asyncio.Event().wait()


def test_who_waits_for_a_lock_begins_when_it_is_free(
    begins: Callable[[], Works], monkeypatch: pytest.MonkeyPatch
) -> None:
    # nobody looks by the clock, and no schedule has the queue looked through meanwhile
    monkeypatch.setattr(lanes, "POLL_SECONDS", 600.0)
    monkeypatch.setattr(lanes.Lane, "_periodic_deferrer", _rest)
    begins()
    _until(lambda: _listening() == len(Session.LANES))
    inward.defer(name="ready")
    _until(lambda: "ready" in ran)
    held.defer(lock="one")
    _until(lambda: "held" in ran)
    # told of while they cannot be fetched yet
    inward.defer(lock="one", name="second")
    inward.defer(lock="one", name="third")
    inward.defer(name="passes them by")
    _until(lambda: "passes them by" in ran)
    gate.set()
    _until(lambda: "third" in ran)
    assert [name for name in ran if name in ("held", "second", "third")] == ["held", "second", "third"]
