"""How far people are apart on the same kind of ticket: time, threshold of passing on, information captured. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Own:
    """One person on one kind of ticket: tickets, working time, how many were passed on and had something recorded."""

    tickets: int
    mid_ms: int
    passed: int
    recorded: int


@dataclass(frozen=True, slots=True)
class Apart:
    """The two ends among people. Times are means a ticket; shares 0 to 1."""

    people: int
    tickets: int
    quickest_ms: int
    slowest_ms: int
    passed: tuple[float, float]
    recorded: tuple[float, float]

    @property
    def ratio(self) -> float:
        """How many times as long the slowest takes as the quickest; 1 where nothing is known."""
        return self.slowest_ms / self.quickest_ms if self.quickest_ms else 1.0


def apart(
    cells: Mapping[tuple[str, str], Sequence[Own]], fewest_tickets: int, fewest_people: int
) -> dict[tuple[str, str], Apart]:
    """For each kind of ticket with so many people who have so many of them; the others are too few to compare."""
    found = {}
    for kind, everybody in cells.items():
        own = [one for one in everybody if one.tickets >= fewest_tickets]
        if len(own) < fewest_people:
            continue
        times = [one.mid_ms // one.tickets for one in own]
        found[kind] = Apart(
            people=len(own),
            tickets=sum(one.tickets for one in own),
            quickest_ms=min(times),
            slowest_ms=max(times),
            passed=_ends([one.passed / one.tickets for one in own]),
            recorded=_ends([one.recorded / one.tickets for one in own]),
        )
    return found


def _ends(shares: Sequence[float]) -> tuple[float, float]:
    return min(shares), max(shares)
