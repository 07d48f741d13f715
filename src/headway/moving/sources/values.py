"""Values as help desks write them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from headway.foundation.clock import now
from headway.moving.sources.times import moment


def ident(value: Any) -> str:
    """An id as text; "" for none, and for the help desk itself."""
    return "" if value in (None, "", 0, -1, "0", "-1") else str(value)


def facts(*given: Mapping[str, Any] | None) -> dict[str, str | int | float | bool]:
    """Custom fields of people and organisations as facts: what is empty or no plain value is left out."""
    found: dict[str, str | int | float | bool] = {}
    for values in given:
        for name, value in (values or {}).items():
            if value not in (None, "", []) and isinstance(value, str | int | float | bool) and len(found) < 50:
                found[str(name)[:60]] = value[:1000] if isinstance(value, str) else value
    return found


def known_since(given: Mapping[str, Any], *names: str) -> datetime:
    """When somebody came to be known: the first of these that is told, else now."""
    told = next((given[name] for name in names if given.get(name)), None)
    return now() if told is None else moment(told)


def words_of(name: str) -> str:
    """A field's name for people, of one for programs: `cf_order_number` is "Order number"."""
    plain = " ".join(name.removeprefix("cf_").split("_")).strip()
    return plain[:1].upper() + plain[1:]


def between(begun: datetime, moment_of: Any) -> int | None:
    """Milliseconds from a ticket's beginning to a moment as it is written; None where none is told."""
    return int((moment(moment_of) - begun).total_seconds() * 1000) if moment_of else None
