"""How differently people begin the same kind of ticket. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import exp, lgamma

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

    The mean distance of people's first steps from everybody else's, weighted by tickets, less what small samples
    show although nobody differs, of what there is beyond that: 0 alike, 1 nothing in common.
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
            # done and not done are equally far apart: what is told is always that it is done
            shares = [own.get(step, 0) / whole for whole, own in cell.values() if whole >= fewest_tickets]
            found = replace(one, step=step, least=min(shares), most=max(shares))
    return found


def _distance(people: Mapping[int, Mapping[str, int]]) -> float:
    """Half the sum of differences of shares from everybody else's, averaged by tickets: 0 to 1."""
    everybody = _together(people)
    whole = sum(everybody.values())
    total = 0.0
    for own in people.values():
        size = sum(own.values())
        apart = sum(abs(own.get(step, 0) / size - n / whole) for step, n in everybody.items()) / 2
        total += size * apart / _others(size, whole)
    return total / whole


def _by_chance(people: Mapping[int, Mapping[str, int]]) -> float:
    """The distance to expect if the same tickets had been dealt out among the same people by lot."""
    everybody = _together(people)
    whole = sum(everybody.values())
    total = 0.0
    for own in people.values():
        size = sum(own.values())
        apart = sum(_mean_deviation(whole, n, size) / size for n in everybody.values()) / 2
        total += size * apart / _others(size, whole)
    return total / whole


def _others(size: int, whole: int) -> float:
    """The weight of all others: a distance from everybody, oneself among them, is so much of that from the others."""
    return 1 - size / whole


def _together(people: Mapping[int, Mapping[str, int]]) -> Counter[str]:
    together: Counter[str] = Counter()
    for own in people.values():
        together.update(own)
    return together


def _mean_deviation(whole: int, marked: int, drawn: int) -> float:
    """How far the number of marked ones among `drawn` of `whole` is from its mean, on average.

    De Moivre's identity, for draws that are not put back: with m the first whole number above the mean,
    2 m (whole - marked - drawn + m) / whole times the probability of m.
    """
    above = marked * drawn // whole + 1
    if above > min(marked, drawn):
        return 0.0
    chance = exp(_ways(marked, above) + _ways(whole - marked, drawn - above) - _ways(whole, drawn))
    return 2 * above * (whole - marked - drawn + above) / whole * chance


def _ways(of: int, taken: int) -> float:
    """The logarithm of the number of ways to take so many of so many."""
    return lgamma(of + 1) - lgamma(taken + 1) - lgamma(of - taken + 1)
