"""A worker's session with the database: its lanes of jobs, and the look after jobs whose workers died."""

import asyncio
from collections.abc import Iterable
from time import monotonic
from typing import Any, Self
from weakref import WeakKeyDictionary

import procrastinate
import structlog
from asgiref.sync import sync_to_async
from django.db import Error, close_old_connections
from procrastinate.connector import Notify
from procrastinate.exceptions import ConnectorException
from procrastinate.job_context import JobContext
from procrastinate.periodic import PeriodicDeferrer
from procrastinate.worker import Worker
from psycopg_pool import AsyncConnectionPool

from headway.foundation.jobs import rescue, resting

log = structlog.get_logger("headway.worker")

# Longer than any job of ours should take; what is cut off is run again by the rescuer.
_FINISH_SECONDS = 60
LOOK_SECONDS = 10
# Between two looks for jobs that nobody told of: those whose time has come, and those told of while the line was down.
POLL_SECONDS = 5.0
_TRUSTED_SECONDS = 2.0
_PATIENCE = 10.0  # seconds that a statement waits for a server that is away, before the session ends
_A_DAY = 86_400.0


class PatientConnector(procrastinate.PsycopgConnector):
    """Listens again when the server comes back, instead of giving up at the first refusal."""

    @classmethod
    def to(cls, parameters: dict[str, Any]) -> Self:
        """To the server of these connection parameters: one connection to work with, more come and go with the jobs.

        Each statement is a transaction of its own, and a connection in steady use is not asked each time whether it
        lives: that would be four round trips for one.
        """
        return cls(kwargs=parameters, min_size=1, max_size=4, max_idle=60.0, timeout=_PATIENCE, pool_factory=_pool)

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:
        """Does not return: it is cancelled."""
        names = list(channels)
        while True:
            try:
                await super().listen_notify(on_notification, names)
            except (ConnectorException, OSError):
                await asyncio.sleep(1)


def _pool(**options: Any) -> AsyncConnectionPool:
    asked: WeakKeyDictionary[Any, float] = WeakKeyDictionary()

    async def check(connection: Any) -> None:
        at = monotonic()
        if at - asked.get(connection, 0.0) > _TRUSTED_SECONDS:
            await AsyncConnectionPool.check_connection(connection)
            asked[connection] = at

    async def configure(connection: Any) -> None:
        await connection.set_autocommit(True)

    return AsyncConnectionPool(**(options | {"check": check, "configure": configure}))


class Lane(Worker):
    """Runs jobs side by side. When it could not note how one ended it signs off, so that the rescuer finds that job.

    Otherwise it would be taken for running as long as this process lives.
    """

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        # a job may wait for the lock of one in another lane
        self.together: list[Lane] = [self]
        self._told = False

    def tell(self) -> None:
        """There may be a job to fetch that could not be fetched a moment ago."""
        self._told = True
        self._new_job_event.set()

    async def _fetch_and_process_jobs(self) -> None:
        # what is told while the queue is asked would be forgotten with what was told before
        while not self._stop_event.is_set():
            self._told = False
            await super()._fetch_and_process_jobs()  # type: ignore[no-untyped-call]
            if not self._told:
                break

    async def _handle_notification(self, *, channel: str, notification: Any) -> None:
        self._told = True
        await super()._handle_notification(channel=channel, notification=notification)

    async def _process_job(self, context: JobContext) -> None:
        try:
            await super()._process_job(context)
        except Exception:
            log.warning("the end of a job could not be noted", job_id=context.job.id, exc_info=True)
            self.stop()  # type: ignore[no-untyped-call]
        finally:
            # nobody else tells those that wait for its lock: they were announced when they could not be fetched yet
            if context.job.lock:
                for lane in self.together:
                    lane.tell()

    async def _periodic_deferrer(self) -> None:
        """Asks for what is due by the clock. Its connection is Django's, which does not come back by itself."""
        while True:
            await sync_to_async(close_old_connections)()
            try:
                # a new one each time: it remembers as asked for what it failed to ask for
                await PeriodicDeferrer(self.app.periodic_registry, **self.app.periodic_defaults).worker()
            except (ConnectorException, Error):
                await asyncio.sleep(1)


class Session:
    """Lanes that stand or fall together. What reaches outside has its own: a mail server that hangs holds up nobody."""

    LANES = ("inward", "outward")

    def __init__(self, app: Any, concurrency: int) -> None:
        outward = {"outward"}
        inward = {task.queue for task in app.tasks.values()} - outward
        self._lanes = [
            self._lane(app, name, queues, concurrency)
            for name, queues in zip(self.LANES, (inward, outward), strict=True)
        ]
        for lane in self._lanes:
            lane.together = self._lanes
        self._app = app

    async def run(self, stopping: asyncio.Event) -> None:
        """Works until `stopping` or until a lane ends; then all finish what they have begun.

        Raises what ended them when it was an error.
        """
        lanes = [asyncio.create_task(lane.run()) for lane in self._lanes]  # type: ignore[no-untyped-call]
        look = asyncio.create_task(self._look_after())
        stop = asyncio.create_task(stopping.wait())
        await asyncio.wait([*lanes, stop], return_when=asyncio.FIRST_COMPLETED)
        for lane in self._lanes:
            lane.stop()  # type: ignore[no-untyped-call]
        ends = await asyncio.gather(*lanes, return_exceptions=True)
        look.cancel()
        stop.cancel()
        for end in ends:
            if isinstance(end, BaseException):
                raise end

    def _lane(self, app: Any, name: str, queues: Iterable[str], concurrency: int) -> Lane:
        return Lane(
            app,
            name=name,
            queues=sorted(queues),
            concurrency=concurrency,
            fetch_job_polling_interval=POLL_SECONDS,
            shutdown_graceful_timeout=_FINISH_SECONDS,
            install_signal_handlers=False,
            delete_jobs="successful",
            # the rescuer alone decides who is dead: it knows when the server was away
            stalled_worker_timeout=_A_DAY,
        )

    async def _look_after(self) -> None:
        while True:
            try:
                # after a pause of the whole machine everybody looks dead, ourselves included
                for lane in self._lanes:
                    if lane.worker_id is not None:
                        await self._app.job_manager.update_heartbeat(lane.worker_id)
                await sync_to_async(_look, thread_sensitive=False)()
            except (ConnectorException, Error) as error:
                log.warning("could not look after the queue", error=type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)


def _look() -> None:
    close_old_connections()
    try:
        rescue.rescue_orphans(rescue.SILENT_SECONDS)
        resting.wake_if_released()
    finally:
        close_old_connections()
