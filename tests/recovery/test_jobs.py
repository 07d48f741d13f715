"""Jobs that kill, and servers that go away and come back, under real workers."""

import json
import os
import signal
import time
from typing import Any

import pytest

from headway.ops import processes
from tests.recovery.invariants import Database, drained
from tests.recovery.product import FORGOTTEN, WORKERS, Product, patiently

pytestmark = [pytest.mark.long, pytest.mark.timeout(400)]


def _defer(database: Database, name: str, arguments: dict[str, Any], lock: str | None = None) -> None:
    database.execute(
        "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('default', %s, 0, %s, NULL, %s::jsonb, NULL)"
        "::procrastinate_job_to_defer_v1])",
        [name, lock, json.dumps(arguments)],
    )


def _done(database: Database) -> list[str]:
    return [str(row[0]) for row in database.execute("SELECT name FROM recovery_done ORDER BY name").fetchall()]


def test_a_job_that_kills_its_worker_each_time_is_given_up_and_the_others_are_done(product: Product) -> None:
    with product.connect() as database:
        for number in range(60):
            if number == 20:
                _defer(database, "recovery.poison", {}, lock="ticket:7")
            _defer(database, "recovery.harmless", {"name": f"{number:02}"}, lock=f"ticket:{number % 10}")
        dead = patiently(
            lambda: database.execute(
                "SELECT j.attempts, f.error FROM procrastinate_jobs j JOIN foundation_jobfailure f ON f.job_id = j.id "
                "WHERE j.task_name = 'recovery.poison' AND j.status = 'failed'"
            ).fetchall(),
            lambda: f"the poison is given up\n{product.said()}",
        )
        assert dead == [(3, "The worker died in this job.")]
        drained(database)
        assert sorted(set(_done(database))) == [f"{number:02}" for number in range(60)]
    product.settle()
    product.stop()


def test_workers_outlive_a_database_that_falls(product: Product) -> None:
    before = {name: product.parts()[name] for name in WORKERS}
    for number in range(3):
        os.kill(product.postmaster(), signal.SIGKILL)
        product.settle()
        with product.connect() as database:
            _defer(database, "recovery.harmless", {"name": str(number)})
            drained(database)
            assert _done(database) == [str(each) for each in range(number + 1)]
    assert {name: product.parts()[name] for name in WORKERS} == before, product.said()
    product.stop()


def test_a_database_that_stands_still_makes_nobody_run_a_job_twice(product: Product) -> None:
    with product.connect() as database:
        for number in range(40):
            _defer(database, "recovery.harmless", {"name": f"{number:02}"})
        patiently(lambda: _done(database), "the first jobs are done")
        postmaster = product.postmaster()
        server = [postmaster, *processes.children(postmaster)]
        for pid in server:
            os.kill(pid, signal.SIGSTOP)
        time.sleep(FORGOTTEN)
        for pid in server:
            os.kill(pid, signal.SIGCONT)
        drained(database)
        assert _done(database) == [f"{number:02}" for number in range(40)]
    product.stop()
