"""A line of the texts, and when it fits."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# In front of a line may stand when it fits, as in "ac| …". Small letters name the variants of its topic; T M O B the
# kinds of matter (technical, money, orders, something broken); L A D F what must have been: the customer waits long,
# we answered, details were given, or this is our first answer.
MARKED = re.compile(r"([A-Za-z]+)\| (.*)", re.DOTALL)
KINDS = {"billing": "M", "orders": "O", "bugs": "TB"}
ANY = "*"


@dataclass(frozen=True, slots=True)
class Line:
    """Something to say, and when it fits."""

    text: str
    marks: frozenset[str] = frozenset()

    @property
    def variants(self) -> frozenset[str]:
        """The variants of its topic that it belongs to; none when to all."""
        return frozenset(mark for mark in self.marks if mark.islower())

    def fits(self, situation: frozenset[str]) -> bool:
        """Whether it can be said: `situation` holds the kind, the variants (or ANY) and what has been."""
        kinds, needs = self.marks & {"T", "M", "O", "B"}, self.marks & {"L", "A", "D", "F"}
        told = not self.variants or ANY in situation or bool(self.variants & situation)
        return told and (not kinds or bool(kinds & situation)) and needs <= situation


Lines = Sequence[Line]


def lines(raw: Sequence[str]) -> Lines:
    """The lines as they stand in a file, with their marks read off."""
    return [Line(m[2], frozenset(m[1])) if (m := MARKED.fullmatch(line)) else Line(line) for line in raw]
