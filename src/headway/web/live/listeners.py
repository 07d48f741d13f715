"""Who listens: each with what they may see, how their session is known, and what waits to be sent to them."""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from headway.tickets.rules.visibility import Scope

# So many chunks may wait for one slow reader; then they are let go, and look at everything when they come back.
MOST_WAITING = 32


@dataclass(frozen=True, slots=True)
class Admission:
    """What let somebody in: their session, and a hash that a new password changes."""

    session_key: str
    agent_id: int
    password_hash: str
    scope: Scope


@dataclass(eq=False, slots=True)
class Listener:
    """One open stream."""

    admission: Admission
    waiting: deque[bytes] = field(default_factory=deque)
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    def offer(self, chunk: bytes) -> bool:
        """Puts a chunk in line; False, and the stream is closed, when too many wait already."""
        if len(self.waiting) >= MOST_WAITING:
            self.close()
        if self.gone.is_set():
            return False
        self.waiting.append(chunk)
        self.woken.set()
        return True

    def close(self) -> None:
        """Ends the stream; what waits is not sent any more."""
        self.waiting.clear()
        self.gone.set()

    async def take(self) -> bytes:
        """Everything that waits, as soon as something does."""
        await self.woken.wait()
        self.woken.clear()
        chunk = b"".join(self.waiting)
        self.waiting.clear()
        return chunk
