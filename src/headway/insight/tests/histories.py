"""Histories made for tests: as rows, and as the lake they become."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from headway.insight.lake.deriving import Within, derive
from headway.insight.lake.engine import Lake
from headway.insight.reading.settle import settle
from headway.insight.reading.staged import Event, Person, Ticket
from headway.insight.reading.staging import Staging

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
MONDAY = 1_772_409_600_000  # 2026-03-02 00:00 UTC


@contextmanager
def lake_of(
    events: Sequence[Event], tickets: Sequence[Ticket] = (), people: Sequence[Person] = (), silent_days: int = 10_000
) -> Iterator[Lake]:
    """A lake with these staged rows, settled and derived."""
    with Lake(memory_mb=256, small=True) as lake:
        with Staging(lake) as staging:
            staging.add_all(events)
            staging.add_all(tickets)
            staging.add_all(people)
        settle(lake, silent_days)
        derive(lake, Within())
        yield lake


def at(minutes: float, event: Event) -> Event:
    """The event so many minutes after Monday, 2 March 2026."""
    return replace(event, at_ms=MONDAY + round(minutes * MINUTE))


def created(ticket: str, minutes: float, text: str | None = None) -> Event:
    """Dana writes."""
    made = Event(ticket=ticket, at_ms=0, kind="created", status="open", actor_kind="customer", actor="dana", text=text)
    return at(minutes, made)


def received(ticket: str, minutes: float, text: str = "It still does not work.") -> Event:
    """Dana writes again."""
    made = Event(ticket=ticket, at_ms=0, kind="received", actor_kind="customer", actor="dana", text=text)
    return at(minutes, replace(made, length=len(text)))


def replied(ticket: str, minutes: float, who: str = "sam", text: str = "Try this.") -> Event:
    """Somebody of the team answers."""
    made = Event(ticket=ticket, at_ms=0, kind="replied", actor_kind="agent", actor=who, text=text)
    return at(minutes, replace(made, length=len(text)))


def moved(ticket: str, minutes: float, status: str, who: str | None = "sam") -> Event:
    """A status is set, by somebody or by the system."""
    side = "agent" if who else "system"
    return at(
        minutes,
        Event(ticket=ticket, at_ms=0, kind="status", activity=status, status=status, actor_kind=side, actor=who),
    )
