"""The list of what is to be done on a ticket: its bounds, and how an item takes another place. Pure."""

from collections.abc import Sequence
from typing import Final

LENGTH: Final = 200  # letters of an item
MOST: Final = 50  # items of a ticket; a merge may bring more together


def placed(ids: Sequence[int], one: int, to: int) -> list[int]:
    """The ids in their new order: `one` in place `to`, counted from 1; beyond the ends is at the end."""
    rest = [each for each in ids if each != one]
    at = min(max(to, 1), len(ids)) - 1
    return [*rest[:at], one, *rest[at:]]
