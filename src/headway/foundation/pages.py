"""Cursors of paged lists: opaque to whoever holds one, stable while rows come and go."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec
from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows, and the cursor of the next page (None: this was the last)."""

    rows: Sequence[Row]
    next: str | None


def encode(*position: Any) -> str:
    """A cursor for a position: numbers and strings that the list is ordered by."""
    return base64.urlsafe_b64encode(msgspec.json.encode(position)).decode().rstrip("=")


def decode(cursor: str, kinds: tuple[type, ...]) -> tuple[Any, ...]:
    """The position in a cursor. Raises Invalid when it cannot be one of ours."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        position = msgspec.json.decode(raw)
    except (ValueError, binascii.Error, msgspec.DecodeError) as error:
        raise Invalid(_("This cursor is not valid. Start again from the first page."), field="cursor") from error
    if (
        not isinstance(position, list)
        or len(position) != len(kinds)
        or not all(type(value) is kind for value, kind in zip(position, kinds, strict=True))
        # what PostgreSQL refuses as a number or a text
        or any(isinstance(value, int) and abs(value) >= 2**63 for value in position)
        or any(isinstance(value, str) and "\0" in value for value in position)
    ):
        raise Invalid(_("This cursor is not valid. Start again from the first page."), field="cursor")
    return tuple(position)
