"""The web process: granian, one process with threads, speaking WSGI to Django."""

import signal
from collections.abc import Callable
from importlib import import_module
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from headway.foundation import environment
from headway.ops import processes

_DRAIN_SECONDS = 20


def run() -> None:
    """Serves until SIGTERM, then answers what it has accepted and returns."""
    env = environment.read()
    server = Server(
        "headway.config.wsgi:application",
        address=env.host,
        port=env.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=env.web_threads,
        workers_kill_timeout=_DRAIN_SECONDS,
        log_level=LogLevels.error,
        websockets=False,
    )
    server.serve(target_loader=_loader(processes.dies_with_parent(signal.SIGTERM)), wrap_loader=False)


def _loader(ask: Callable[[], None]) -> Callable[[], Any]:
    def load() -> Any:
        """Runs in granian's own child, which must not outlive it."""
        ask()
        # by name: config stands above ops
        application = import_module("headway.config.wsgi").application
        from django.urls import get_resolver

        # every view is imported now, so that no visitor waits for it
        assert get_resolver().url_patterns
        return application

    return load
