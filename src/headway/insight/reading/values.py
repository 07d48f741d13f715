"""Values as help desks write them in JSON."""

from datetime import datetime
from typing import Any

from headway.intake.email.html.text import lines_of, text_of


def at(value: Any) -> int:
    """A time in milliseconds: seconds since 1970, or ISO 8601. Raises ValueError for one without a zone."""
    if isinstance(value, int | float):
        return int(value * 1000)
    moment = datetime.fromisoformat(str(value))
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {value!r}")
    return int(moment.timestamp() * 1000)


def ident(value: Any) -> str | None:
    """An id as text; None when there is none."""
    return None if value is None or value == "" else str(value)


def words(html: Any) -> str | None:
    """What HTML says to a reader, without what it quotes; None when that is nothing."""
    return text_of([line for line in lines_of(str(html or "")) if not line.quote]) or None


def first(values: Any) -> str | None:
    """The first of a list of words, or of objects with a name or tag; None when it is empty."""
    for value in values or ():
        found = value.get("name") or value.get("tag") if isinstance(value, dict) else value
        if found:
            return str(found)
    return None
