"""Who follows which event. The list is handed over at start-up by pipeline.py, which lower packages never import."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from headway.events.event import Event, Recorded

Function = Callable[[Recorded[Any]], None]
Together = Callable[[Sequence[Recorded[Any]]], None]


@dataclass(frozen=True, slots=True)
class Follower:
    """A function that does something about an event.

    One that uses the network or a model is `apart`: it gets a job of its own, so that it delays no other. Its effect
    reaches beyond the database, so it must bring a stable id and claim its work itself.

    `together` does for events of many tickets at once what `function` does for each; it records no events.
    """

    function: Function
    apart: bool = False
    together: Together | None = None

    @property
    def name(self) -> str:
        """Stable, for it is stored: package and function."""
        module = self.function.__module__.removeprefix("headway.").removesuffix(".tasks")
        return f"{module}.{self.function.__name__}"


_followers: dict[str, list[Follower]] = {}


def register(pairs: Iterable[tuple[type[Event], Function | Follower]]) -> None:
    """Sets the whole list, in order. Called once by the pipeline."""
    _followers.clear()
    for event_class, function in pairs:
        follower = function if isinstance(function, Follower) else Follower(function)
        _followers.setdefault(event_class.kind, []).append(follower)


def of(kind: str) -> list[Follower]:
    """The followers of a kind, in order."""
    return _followers.get(kind, [])


def named(kind: str, name: str) -> Follower:
    """The follower of `kind` with this name. Raises LookupError when the pipeline has none."""
    for follower in of(kind):
        if follower.name == name:
            return follower
    raise LookupError(f"{kind} has no follower {name}")
