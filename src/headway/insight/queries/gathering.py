"""What the lake's rows need from the store beside the journal: lengths of what was written, and how tickets stand."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from headway.events.reader import Line
from headway.insight.lake.words import Origin
from headway.insight.rules.people import person_id
from headway.tickets.models import Ticket

_LENGTHS = "SELECT id, length(text) FROM {} WHERE id = ANY(%s)"
_TICKETS = """
SELECT t.id, floor(extract(epoch FROM t.created_at) * 1000)::bigint, t.suspected_at IS NOT NULL,
    t.merged_into_id IS NOT NULL, f.direction, f.automatic,
    t.channel, t.type_id, g.tag_id, t.priority, t.customer_id, t.team_id, t.brand_id
FROM tickets_ticket t
LEFT JOIN LATERAL (
    SELECT direction, automatic FROM tickets_message m
    WHERE m.ticket_id = t.id AND m.withdrawn_at IS NULL ORDER BY m.at, m.id LIMIT 1
) f ON true
LEFT JOIN LATERAL (SELECT tag_id FROM tickets_tagging WHERE ticket_id = t.id ORDER BY id LIMIT 1) g ON true
WHERE t.id = ANY(%s)
ORDER BY t.id
"""
_WRITTEN = {
    "message.received": "message",
    "message.admitted": "message",
    "message.written": "message",
    "note.written": "note",
}
_ALIVE = "SELECT DISTINCT ticket_id FROM events_entry WHERE ticket_id = ANY(%s)"


def lengths(entries: Sequence[Line]) -> dict[tuple[str, int], int]:
    """Characters written, by ("message" or "note", id)."""
    found: dict[tuple[str, int], int] = {}
    asked: dict[str, list[int]] = {"message": [], "note": []}
    for entry in entries:
        if kind := written(entry):
            asked[kind].append(entry.data[f"{kind}_id"])
    for kind, ids in asked.items():
        if ids:
            with connection.cursor() as cursor:
                cursor.execute(_LENGTHS.format(f"tickets_{kind}"), [ids])
                found |= {(kind, pk): length for pk, length in cursor.fetchall()}
    return found


def written(entry: Line) -> str:
    """What of the store an entry tells of: "message", "note", or nothing of length."""
    return _WRITTEN.get(entry.kind, "")


def ticket_rows(ticket_ids: Iterable[int], as_of: int) -> list[tuple[Any, ...]]:
    """The tickets as they stand, in the columns of `lake.tables.TICKETS`; those that are gone are left out."""
    with connection.cursor() as cursor:
        cursor.execute(_TICKETS, [sorted(ticket_ids)])
        return [_row(row, as_of) for row in cursor.fetchall()]


def alive(ticket_ids: Sequence[int]) -> set[int]:
    """Which of these tickets the journal still speaks of."""
    with connection.cursor() as cursor:
        cursor.execute(_ALIVE, [list(ticket_ids)])
        return {row[0] for row in cursor.fetchall()}


def _row(row: tuple[Any, ...], as_of: int) -> tuple[Any, ...]:
    number, created, spam, merged, direction, automatic, channel, kind, tag, priority, customer, team, brand = row
    origin = Origin.CUSTOMER
    if spam:
        origin = Origin.SPAM
    elif merged:
        origin = Origin.MERGED
    elif direction == "out":
        origin = Origin.PROACTIVE
    elif automatic:
        origin = Origin.MACHINE
    return (
        number,
        as_of,
        created,
        str(origin),
        channel,
        kind,
        tag,
        Ticket.Priorities(priority).name.lower(),
        person_id("customer", customer),
        person_id("team", team),
        brand,
    )
