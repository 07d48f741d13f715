"""Our figures of imported tickets beside the source's own."""

from dataclasses import dataclass
from typing import Final

from headway.foundation.rows import fetch_sql
from headway.moving.rules import agrees

_SHOWN: Final = 10
_ROWS: Final = """
SELECT f.key,
  round(extract(epoch FROM t.first_replied_at - t.created_at) * 1000)::bigint, f.reply_ms,
  round(extract(epoch FROM t.solved_at - t.created_at) * 1000)::bigint, f.resolve_ms,
  (SELECT count(*) FROM events_entry e WHERE e.ticket_id = t.id AND e.kind = 'ticket.reopened'), f.reopens
FROM moving_figure f
JOIN tickets_origin o ON o.system = f.system AND o.number = f.key
JOIN tickets_ticket t ON t.id = o.ticket_id
WHERE f.system = %s ORDER BY length(f.key), f.key
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """A metric: tickets of which both say something, how many agree, and the first that do not: key, ours, theirs."""

    metric: str
    compared: int
    agree: int
    apart: tuple[tuple[str, int | None, int | None], ...]


def differences(system: str) -> list[Difference]:
    """First response and resolution in milliseconds within two minutes, reopens exactly."""
    found: dict[str, list[tuple[str, int | None, int | None]]] = {"first_response": [], "resolution": [], "reopens": []}
    for key, reply, their_reply, resolve, their_resolve, reopens, their_reopens in fetch_sql(_ROWS, [system]):
        if their_reply is not None or reply is not None:
            found["first_response"].append((key, reply, their_reply))
        if their_resolve is not None:
            found["resolution"].append((key, resolve, their_resolve))
        if their_reopens is not None:
            found["reopens"].append((key, reopens, their_reopens))
    return [_difference(metric, rows) for metric, rows in found.items() if rows]


def _difference(metric: str, rows: list[tuple[str, int | None, int | None]]) -> Difference:
    apart = [row for row in rows if not (row[1] == row[2] if metric == "reopens" else agrees(row[1], row[2]))]
    return Difference(metric, len(rows), len(rows) - len(apart), tuple(apart[:_SHOWN]))
