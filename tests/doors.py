"""Ways in and out for tests: run the jobs that are waiting, as a worker would."""

from collections.abc import Callable

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.procrastinate_app import app as _app


@pytest.fixture
def run_jobs(committed_db: str) -> Callable[[], None]:
    """Runs every job that is due in this test's database, then returns. Needs `committed_db`."""

    def run() -> None:
        assert _app is app
        worker_app = app.with_connector(app.connector.get_worker_connector())
        worker_app.run_worker(wait=False, listen_notify=False, install_signal_handlers=False, concurrency=1)

    return run
