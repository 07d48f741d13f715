"""Reading what forms send: ids of things on offer, numbers of tickets."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid


class Numbered(Protocol):
    """Something with an id."""

    @property
    def pk(self) -> int: ...


T = TypeVar("T", bound=Numbered)


def chosen(offered: Iterable[T], value: str | None) -> T:
    """The offered thing whose id was sent. Raises Invalid when it is not on offer (any more)."""
    found = next((each for each in offered if str(each.pk) == value), None)
    if found is None:
        raise Invalid(_("This choice is not on offer any more. Open the list again."))
    return found


def number(value: str | None) -> int | None:
    """A ticket's number as people write it ("7", "#7"), or None."""
    digits = (value or "").strip().removeprefix("#")
    return int(digits) if digits.isdecimal() and len(digits) < 19 else None


def numbers(value: str | None, limit: int = 200) -> list[int]:
    """Numbers separated by commas; what is none is left out."""
    found = (number(part) for part in (value or "").split(","))
    return [each for each in found if each is not None][:limit]
