"""The order of things: what is planned, and what has been told."""

import heapq
from collections.abc import Callable
from datetime import datetime

from headway.simulator.happenings import Happening

Step = Callable[[datetime], None]


class Timeline:
    """Runs what is planned in order of time, until the end of the history."""

    def __init__(self, end: datetime) -> None:
        self.end = end
        self.told: list[Happening] = []
        self._planned: list[tuple[datetime, int, Step]] = []
        self._count = 0

    def plan(self, at: datetime, step: Step) -> None:
        """Does `step` at a moment; what is planned for one moment runs in the order it was planned."""
        if at < self.end:
            self._count += 1
            heapq.heappush(self._planned, (at, self._count, step))

    def tell(self, happening: Happening) -> None:
        """It happened."""
        if happening.at < self.end:
            self.told.append(happening)

    def run(self) -> list[Happening]:
        """Everything that happens, in order."""
        while self._planned:
            at, _count, step = heapq.heappop(self._planned)
            step(at)
        return sorted(self.told, key=lambda happening: happening.at)
