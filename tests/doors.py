"""Ways in and out for tests: run the jobs that are waiting, as a worker would."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.procrastinate_app import app as _app
from procrastinate.periodic import PeriodicRegistry


@pytest.fixture
def run_jobs(committed_db: str) -> Callable[[], None]:
    """Runs every job that is due in this test's database, then returns. Needs `committed_db`."""

    def run() -> None:
        assert _app is app
        connector: Any = app.connector
        worker_app = app.with_connector(connector.get_worker_connector())
        # schedules go by the real clock: a test that wants one calls it
        worker_app.periodic_registry = PeriodicRegistry()  # type: ignore[no-untyped-call]
        worker_app.run_worker(wait=False, listen_notify=False, install_signal_handlers=False, concurrency=1)
        # the worker's thread outlives it, and must not meet the next test with a connection to this one's database
        asyncio.run(sync_to_async(connections.close_all)())

    return run
