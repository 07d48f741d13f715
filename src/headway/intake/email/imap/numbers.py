"""Sets of an IMAP folder's numbers (UIDs), kept as IMAP writes them: "7:90,93" (RFC 3501, sequence-set). Pure."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Self

LARGEST: Final = 2**32 - 1
_PART: Final = re.compile(r"([1-9][0-9]{0,9})(?::([1-9][0-9]{0,9}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A set of UIDs as ascending ranges, both ends included, which neither touch nor overlap."""

    ranges: tuple[tuple[int, int], ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """The set that `text` writes. Raises ValueError for anything that is no plain sequence set; `*` is none."""
        pairs = []
        for part in text.split(",") if text else ():
            match = _PART.fullmatch(part)
            if match is None:
                raise ValueError(f"not a set of UIDs: {part[:40]!r}")
            first, last = int(match[1]), int(match[2] or match[1])
            if max(first, last) > LARGEST:
                raise ValueError(f"larger than a UID can be: {part!r}")
            pairs.append((min(first, last), max(first, last)))
        return cls(_joined(pairs))

    @classmethod
    def of(cls, numbers: Iterable[int]) -> Self:
        """The set of these numbers."""
        return cls(_joined((number, number) for number in numbers))

    @classmethod
    def span(cls, first: int, last: int) -> Self:
        """All from `first` to `last`; empty when `last` is smaller."""
        return cls(((first, last),) if first <= last else ())

    def __str__(self) -> str:
        return ",".join(str(first) if first == last else f"{first}:{last}" for first, last in self.ranges)

    def __contains__(self, number: int) -> bool:
        at = bisect_right(self.ranges, (number, LARGEST)) - 1
        return at >= 0 and self.ranges[at][0] <= number <= self.ranges[at][1]

    def __iter__(self) -> Iterator[int]:
        for first, last in self.ranges:
            yield from range(first, last + 1)

    def __len__(self) -> int:
        return sum(last - first + 1 for first, last in self.ranges)

    def __bool__(self) -> bool:
        return bool(self.ranges)

    def __or__(self, other: Self) -> Self:
        return type(self)(_joined([*self.ranges, *other.ranges]))

    def without(self, numbers: Iterable[int]) -> Self:
        """The same without these numbers."""
        found: list[tuple[int, int]] = []
        gone = sorted(set(numbers))
        at = 0
        for first, last in self.ranges:
            start = first
            while at < len(gone) and gone[at] < start:
                at += 1
            while at < len(gone) and gone[at] <= last:
                if gone[at] > start:
                    found.append((start, gone[at] - 1))
                start = gone[at] + 1
                at += 1
            if start <= last:
                found.append((start, last))
        return type(self)(tuple(found))

    def gaps(self) -> Self:
        """The numbers between the lowest and the highest of the set that are not in it."""
        pairs = pairwise(self.ranges)
        return type(self)(tuple((before[1] + 1, after[0] - 1) for before, after in pairs))

    def question(self, first: int) -> str:
        """What to ask a server for: all numbers from `first` on that are not in this set, as a sequence set.

        It ends in `n:*`, to which a server answers its last number even when that is below n: whoever asks drops from
        the answer what is in the set.
        """
        parts = []
        start = first
        for low, high in self.ranges:
            if high < start:
                continue
            if low > start:
                parts.append(str(start) if low - 1 == start else f"{start}:{low - 1}")
            start = high + 1
        return ",".join([*parts, f"{min(start, LARGEST)}:*"])


def _joined(pairs: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for first, last in sorted(pairs):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)
