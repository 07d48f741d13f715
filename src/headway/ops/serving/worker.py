"""The worker: fetches mail and runs jobs as they come in, until SIGTERM; then it finishes those it has begun."""

import asyncio
import signal
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django

from headway.foundation import environment
from headway.ops.serving import migrate

_LONGEST_WAIT = 15.0  # seconds before another look for a database that is away


def run() -> None:
    """Works until SIGTERM."""
    django.setup()
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params

    from headway.intake.email.imap.fetcher import Fetcher
    from headway.ops.serving.lanes import PatientConnector

    # a worker is what sends: it must not serve a copy of a workspace that goes on elsewhere
    migrate.recognise_move()

    env = environment.read()
    connector = PatientConnector.to(connector_params())
    fetcher = Fetcher()
    fetcher.start()
    try:
        asyncio.run(_work(app.with_connector(connector), env.worker_concurrency))
    finally:
        fetcher.stop()


async def _work(app: Any, concurrency: int) -> None:
    from headway.ops.serving.lanes import Session

    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    # jobs run in threads; two more for what the loop itself asks of threads
    loop.set_default_executor(ThreadPoolExecutor(concurrency * len(Session.LANES) + 2, "job"))
    await sessions(app, concurrency, stopping)


async def sessions(app: Any, concurrency: int, stopping: asyncio.Event) -> None:
    """Session after session: one ends when the database went away, and the next begins when it is back."""
    import psycopg
    import structlog
    from procrastinate.exceptions import ConnectorException

    from headway.ops.serving.lanes import Session

    log = structlog.get_logger("headway.worker")
    loop = asyncio.get_running_loop()
    failures = 0
    while not stopping.is_set():
        began = loop.time()
        try:
            async with app.open_async():
                await Session(app, concurrency).run(stopping)
        except (ConnectorException, psycopg.Error, OSError) as error:
            log.warning("the database is away", error=type(error).__name__)
        failures = 0 if loop.time() - began > _LONGEST_WAIT else failures + 1
        if not stopping.is_set():
            log.warning("the session ended; beginning another")
            with_patience = min(0.2 * 2**failures, _LONGEST_WAIT)
            await asyncio.wait([asyncio.ensure_future(stopping.wait())], timeout=with_patience)
