"""Seeded chance. Only `Random.random` is used, whose sequence Python promises to keep from version to version."""

import math
from collections.abc import Hashable, Sequence
from random import Random
from statistics import NormalDist
from typing import TypeVar

T = TypeVar("T")
_NORMAL = NormalDist()


class Dice:
    """A stream of chance of its own, named, so that a change in one part of a history leaves the others alone."""

    def __init__(self, *name: object) -> None:
        self._random = Random(":".join(map(str, name)))  # noqa: S311 (nothing secret)
        self._bags: dict[Hashable, list[int]] = {}

    def number(self) -> float:
        """Between 0 and 1."""
        return self._random.random()

    def happens(self, probability: float) -> bool:
        """Whether something of this probability happens."""
        return self._random.random() < probability

    def whole(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self._random.random() * (most - least + 1))

    def pick(self, choices: Sequence[T]) -> T:
        """One of them, all alike."""
        return choices[int(self._random.random() * len(choices))]

    def weighted(self, choices: Sequence[tuple[T, float]]) -> T:
        """One of them, by weight."""
        mark = self._random.random() * sum(weight for _choice, weight in choices)
        for choice, weight in choices:
            mark -= weight
            if mark < 0:
                return choice
        return choices[-1][0]

    def fresh(self, key: Hashable, choices: Sequence[T]) -> T:
        """One of them; none comes again under this key before all have come."""
        bag = self._bags.get(key)
        if not bag:
            bag = list(range(len(choices)))
            for last in range(len(bag) - 1, 0, -1):
                other = self.whole(0, last)
                bag[last], bag[other] = bag[other], bag[last]
            self._bags[key] = bag
        return choices[bag.pop()]

    def around(self, median: float, spread: float = 0.5) -> float:
        """Log-normal: half below the median, seldom far above. `spread` 0.5: two in three within a factor of 1.65."""
        return median * math.exp(spread * self.normal())

    def normal(self) -> float:
        """Mean 0, standard deviation 1."""
        return _NORMAL.inv_cdf(min(max(self._random.random(), 1e-12), 1 - 1e-12))

    def wait(self, mean: float) -> float:
        """Exponential: the time until something that happens at random."""
        return -mean * math.log(1 - self._random.random())

    def poisson(self, mean: float) -> int:
        """How often something rare happens."""
        count, product, limit = 0, self._random.random(), math.exp(-mean)
        while product > limit:
            count += 1
            product *= self._random.random()
        return count
