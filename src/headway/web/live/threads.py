"""Django's blocking calls, on few threads of their own, so that few connections serve every reader."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import close_old_connections

P = ParamSpec("P")
R = TypeVar("R")


class Threads:
    """A few threads, each with its own database connection."""

    def __init__(self, most: int) -> None:
        self._pool = ThreadPoolExecutor(most, thread_name_prefix="live")

    async def run(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The result of a blocking call. A connection that broke before is replaced."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, lambda: _fresh(function, *args, **kwargs))

    def close(self) -> None:
        """Waits for what runs."""
        self._pool.shutdown()


def _fresh(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    close_old_connections()
    try:
        return function(*args, **kwargs)
    finally:
        close_old_connections()
