"""How differently people begin the same kind of ticket. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import pi, sqrt

# person -> first step -> tickets
Cell = dict[int, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Spread:
    """The index of one cell, and the step whose share differs most between people, with its extremes."""

    index: float
    step: str
    least: float
    most: float
    people: int
    tickets: int


def spread(cell: Mapping[int, Mapping[str, int]], fewest_tickets: int, fewest_people: int) -> Spread | None:
    """The spread among people with enough tickets; None when they are too few.

    The mean distance of people's first steps from everybody's, weighted by tickets, less what small samples
    show although nobody differs.
    """
    people = {who: dict(steps) for who, steps in cell.items() if sum(steps.values()) >= fewest_tickets}
    if len(people) < fewest_people:
        return None
    chance = _by_chance(people)
    raw = _distance(people)
    steps = sorted({step for own in people.values() for step in own})
    shares = {step: sorted(own.get(step, 0) / sum(own.values()) for own in people.values()) for step in steps}
    step = max(steps, key=lambda name: (shares[name][-1] - shares[name][0], name))
    index = max(0.0, (raw - chance) / (1 - chance)) if chance < 1 else 0.0
    tickets = sum(sum(own.values()) for own in people.values())
    return Spread(index, step, shares[step][0], shares[step][-1], len(people), tickets)


def anywhere(
    cell: Mapping[int, tuple[int, Mapping[str, int]]], fewest_tickets: int, fewest_people: int
) -> Spread | None:
    """The step, wherever in a ticket's path it comes, that people differ in most; None when they are too few.

    Takes for each person how many tickets they have and on how many of them each step comes. Each step alone is
    compared as done or not done.
    """
    found: Spread | None = None
    for step in sorted({step for _whole, own in cell.values() for step in own}):
        done = {who: {step: own.get(step, 0), "": whole - own.get(step, 0)} for who, (whole, own) in cell.items()}
        one = spread(done, fewest_tickets, fewest_people)
        if one is not None and (found is None or one.index > found.index):
            found = one
    return found


def _distance(people: Mapping[int, Mapping[str, int]]) -> float:
    """Half the sum of differences of shares from everybody's, averaged by tickets: 0 to 1."""
    everybody: dict[str, int] = {}
    for own in people.values():
        for step, tickets in own.items():
            everybody[step] = everybody.get(step, 0) + tickets
    whole = sum(everybody.values())
    total = 0.0
    for own in people.values():
        size = sum(own.values())
        total += size * sum(abs(own.get(step, 0) / size - n / whole) for step, n in everybody.items()) / 2
    return total / whole


def _by_chance(people: Mapping[int, Mapping[str, int]]) -> float:
    """The distance to expect if everybody drew from the same steps.

    A share p in a sample of n out of N differs from p by the square root of 2 p (1-p) (1 - n/N) / (pi n) on average
    (the mean deviation of the normal curve, with the correction for a finite whole).
    """
    everybody: dict[str, int] = {}
    for own in people.values():
        for step, tickets in own.items():
            everybody[step] = everybody.get(step, 0) + tickets
    whole = sum(everybody.values())
    total = 0.0
    for own in people.values():
        size = sum(own.values())
        left = (1 - size / whole) / size
        total += size * sum(sqrt(2 * n / whole * (1 - n / whole) * left / pi) for n in everybody.values()) / 2
    return total / whole
