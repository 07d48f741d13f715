"""The worker: runs jobs as they come in, until SIGTERM; then it finishes those it has begun."""

import asyncio
import os
import socket
from typing import Any

import django

from headway.foundation import environment

# Longer than any job of ours should take; what is cut off is run again by the rescuer.
_FINISH_SECONDS = 60


def run() -> None:
    """Works until SIGTERM."""
    django.setup()
    from procrastinate.contrib.django import app

    env = environment.read()
    connector: Any = app.connector
    working = app.with_connector(connector.get_worker_connector())
    asyncio.run(_work(working, env.worker_concurrency))


async def _work(app: Any, concurrency: int) -> None:
    async with app.open_async():
        await app.run_worker_async(
            name=f"{socket.gethostname()}-{os.getpid()}",
            concurrency=concurrency,
            shutdown_graceful_timeout=_FINISH_SECONDS,
            listen_notify=True,
            delete_jobs="successful",
        )
