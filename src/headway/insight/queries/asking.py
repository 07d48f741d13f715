"""What the customers of an audit's tickets wrote first, read from the store: the lake holds no texts."""

from collections.abc import Iterator
from typing import Final

from django.db.models import F, QuerySet

from headway.insight.lake.engine import Lake
from headway.insight.questions.openings import MOST_READ
from headway.insight.rules.narrowing import Narrowing
from headway.tickets.models import Message

_BATCH: Final = 500
_LENGTH: Final = 2000  # of which 200 are read by meaning, once spaces are one and greetings stand apart
# The same order, as good as random, in which findings take them.
_WANTED: Final = f"""
SELECT t.ticket_id, min(e.event_id)
FROM tickets AS t
JOIN events AS e ON e.ticket_id = t.ticket_id AND e.kind = 'created' AND e.actor_kind = 'customer'
WHERE t.origin = 'customer'
GROUP BY t.ticket_id
ORDER BY t.ticket_id * 2654435761 % 4294967296, t.ticket_id
LIMIT {MOST_READ}
"""


def tell(lake: Lake, narrowing: Narrowing) -> int:
    """Fills `messages` of the opened lake, as a file does; returns how many there are. Nothing of it is kept.

    At most so many as are read by meaning, some hundred at a time, and of tickets that the narrowing still shows.
    """
    events = dict(lake.rows(_WANTED))
    told = 0
    for some in _batches(list(events)):
        rows = [
            (events[ticket], ticket, subject or None, text[:_LENGTH])
            for ticket, subject, text in _first(some, narrowing)
        ]
        if rows:
            lake.connection.executemany("INSERT INTO messages VALUES (?, ?, ?, ?)", rows)
        told += len(rows)
    return told


def _batches(ids: list[int]) -> Iterator[list[int]]:
    for begin in range(0, len(ids), _BATCH):
        yield ids[begin : begin + _BATCH]


def _first(ids: list[int], narrowing: Narrowing) -> "QuerySet[Message, tuple[int, str, str]]":
    """Ticket, subject and text of each ticket's first message, where its customer wrote that."""
    messages = Message.objects.filter(ticket__in=ids, withdrawn_at=None, held=False, direction=Message.Directions.IN)
    if narrowing.teams is not None:
        messages = messages.filter(ticket__team__in=narrowing.teams)
    if narrowing.brands is not None:
        messages = messages.filter(ticket__brand__in=narrowing.brands)
    first = messages.order_by("ticket_id", "at", "id").distinct("ticket_id")
    return first.values_list("ticket_id", F("ticket__subject"), "text")
