"""Everything that happened to a ticket, for who asks to see it: also what its story leaves out."""

from collections.abc import Collection
from typing import Final

from headway.events.models import Entry
from headway.web.desk.audit.log import rows_of
from headway.web.desk.story import LINES, Line

# what stands in the conversation itself, with its author and time
_SHOWN: Final = frozenset({"message.received", "message.written", "note.written"})


def lines(entries: Collection[Entry]) -> dict[int, Line]:
    """A line for each event that the story has no words for, by its id. One query for each kind of thing they name."""
    further = [entry for entry in entries if entry.kind not in LINES and entry.kind not in _SHOWN]
    return {row.entry.id: Line(row.icon, row.words, row.entry.at, row.entry.id) for row in rows_of(further)}
