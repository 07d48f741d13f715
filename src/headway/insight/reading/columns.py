"""Which column holds what, guessed from its name. The names are those that exports use; `--map` overrules."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from headway.foundation.errors import Invalid
from headway.insight.reading.synonyms import SYNONYMS

# How a row must be identified and placed in time, by layout.
# What is said of a whole ticket, and not read where a row is an event: there the events tell it.
OF_TICKETS: Final = frozenset({"created_at", "first_reply_at", "solved_at", "closed_at", "reopens"})
NEEDED: Final = {"event": ("ticket", "at"), "ticket": ("ticket", "created_at")}


def guess(columns: Sequence[str], overrides: Mapping[str, str]) -> dict[str, str]:
    """The field of each column that holds one: `{column: field}`; a field is taken by one column.

    Raises Invalid when an override names a field that does not exist.
    """
    found: dict[str, str] = {}
    for column, name in overrides.items():
        if name and name not in SYNONYMS:
            raise Invalid(f"There is no field {name!r}. The fields are: {', '.join(SYNONYMS)}.")
        found[column] = name
    plain = {column: _plain(column) for column in columns if column not in found}
    for name, synonyms in SYNONYMS.items():
        if name in found.values():
            continue
        for synonym in synonyms:
            taken = next((column for column, key in plain.items() if key == synonym and column not in found), None)
            if taken is not None:
                found[taken] = name
                break
    return {column: name for column, name in found.items() if name}


def layout_of(fields: Mapping[str, str], *, repeats: bool) -> str:
    """ "event" or "ticket": what one row is.

    A row that holds a ticket's moments is a ticket; else ids that come again make it an event, a creation time a
    ticket.
    """
    names = set(fields.values())
    if (
        "created_at" in names
        and not names & {"at", "activity"}
        and names & {"solved_at", "closed_at", "first_reply_at"}
    ):
        return "ticket"
    if "at" in names and ("created_at" not in names or repeats):
        return "event"
    if "created_at" in names and not repeats:
        return "ticket"
    return "event" if repeats else "ticket"


def _plain(column: str) -> str:
    return re.sub(r"[^a-z0-9]", "", column.lower())
