"""Keeps listening to the journal, through restarts of the database, and keeps unwelcome readers out."""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import psycopg
import structlog
from django.db import DatabaseError, InterfaceError, connections

from headway.events.journal import CHANNEL
from headway.notifications.actions.telling import CHANNEL as PEOPLE
from headway.tickets.queries.scopes import facts_of
from headway.web.live import admission
from headway.web.live.feed import Feed
from headway.web.live.hub import NOTIFIED, Hub
from headway.web.live.listeners import Admission
from headway.web.live.threads import Threads
from headway.web.presence import CHANNEL as PRESENCE

log = structlog.get_logger("headway.live")

BEAT_SECONDS = 20
CHECK_SECONDS = 60
# Changes of so short a time travel together.
GATHER_SECONDS = 0.04
# Who comes and goes within so short a time is told together.
STIR_SECONDS = 0.5
# A transaction that still runs holds back what comes after it: look again so soon.
AGAIN_SECONDS = 0.1
_SHORTEST_WAIT, _LONGEST_WAIT = 0.1, 10
_ASK_SECONDS = 30

_BROKEN = (DatabaseError, InterfaceError, psycopg.Error, OSError)


class Service:
    """The live process: one connection that listens, a few threads that read, and the hub."""

    def __init__(self, threads: int = 4) -> None:
        self.hub = Hub()
        self.listening = False
        self._threads = Threads(threads)
        self._wake = asyncio.Event()
        self._check = asyncio.Event()
        # tickets where somebody came or went
        self._moved: set[int] = set()
        self._stir = asyncio.Event()
        self._feed: Feed | None = None

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Inside the block the service works; at its end every stream is closed."""
        tasks = [
            asyncio.create_task(_for_ever(part, part.__name__.strip("_")))
            for part in (self._listen, self._read, self._tell_presence, self._beat, self._look_after)
        ]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self.hub.part(lambda _listener: True)
            self._threads.close()

    async def admit(self, session_key: str) -> Admission | None:
        """What the owner of the session may hear. Raises what the database raises."""
        return await self._threads.run(admission.admit, session_key)

    async def _listen(self) -> None:
        """Wakes the reader at every notification; on a new connection also for what came before it stood."""
        try:
            async with await psycopg.AsyncConnection.connect(**_parameters(), autocommit=True) as line:
                await line.execute(f"LISTEN {CHANNEL}")
                await line.execute(f"LISTEN {PEOPLE}")
                await line.execute(f"LISTEN {PRESENCE}")
                self.listening = True
                self._wake.set()
                self._check.set()
                while True:
                    async for notification in line.notifies(timeout=_ASK_SECONDS):
                        if notification.channel == PEOPLE:
                            self.hub.tell_people(json.loads(notification.payload), NOTIFIED)
                        elif notification.channel == PRESENCE:
                            self._moved.update(int(number) for number in notification.payload.split(","))
                            self._stir.set()
                        else:
                            self._wake.set()
                    await line.execute("SELECT 1")
        finally:
            self.listening = False

    async def _read(self) -> None:
        """Passes on what happened, from where it was when it last worked."""
        if self._feed is None:
            self._feed = await self._threads.run(Feed)
        feed = self._feed
        self._wake.set()
        while True:
            await self._wake.wait()
            await asyncio.sleep(GATHER_SECONDS)
            self._wake.clear()
            if await self._threads.run(feed.is_beyond):
                # everybody looks at everything again, in the workspace that took this one's place
                self.hub.part(lambda _listener: True)
                feed = self._feed = await self._threads.run(Feed)
            news = await self._threads.run(feed.read)
            self.hub.tell(news.changes)
            if news.rights_changed:
                self._check.set()
            if news.more:
                await asyncio.sleep(AGAIN_SECONDS)
                self._wake.set()

    async def _tell_presence(self) -> None:
        """Says where somebody came or went, at most twice a second, however many do."""
        while True:
            await self._stir.wait()
            await asyncio.sleep(STIR_SECONDS)
            self._stir.clear()
            moved, self._moved = self._moved, set()
            self.hub.tell_presence(await self._threads.run(facts_of, moved))

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            self.hub.beat()

    async def _look_after(self) -> None:
        """Every minute, and when rights change, asks whether everybody may still listen."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._check.wait(), CHECK_SECONDS)
            self._check.clear()
            known = [listener.admission for listener in self.hub.everybody()]
            if known:
                good = await self._threads.run(admission.still_good, known)
                # who came in meanwhile was asked at the door
                bad = set(known) - good
                self.hub.part(lambda listener: listener.admission in bad)  # noqa: B023 (called at once)


async def _for_ever(part: Callable[[], Awaitable[None]], name: str) -> None:
    """Begins again when the database went away, waiting longer while it stays away, and after a mistake of ours."""
    wait = _SHORTEST_WAIT
    while True:
        began = time.monotonic()
        try:
            await part()
        except _BROKEN as error:
            log.warning("the database does not answer", part=name, error=type(error).__name__)
        except Exception:
            log.exception("a part of the live process failed", part=name)
        wait = _SHORTEST_WAIT if time.monotonic() - began > _LONGEST_WAIT else min(wait * 2, _LONGEST_WAIT)
        await asyncio.sleep(wait)


def _parameters() -> dict[str, Any]:
    """How to reach Django's database, for a connection of our own that notices when the other side dies."""
    known = connections["default"].get_connection_params()
    kept = {
        name: value for name, value in known.items() if name not in ("cursor_factory", "context", "prepare_threshold")
    }
    return {**kept, "connect_timeout": 5, "keepalives_idle": 15, "keepalives_interval": 5, "keepalives_count": 3}
