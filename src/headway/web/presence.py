"""Who has a ticket in front of them, and who is typing on it: rows that nobody misses after a crash.

The table is unlogged. A beat writes one row and tells nobody; coming, going and beginning to type tell the live
process, which tells the screens of those who may see the ticket. Who closes a window is gone at once; who falls silent,
after a minute.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from headway.foundation.clock import now
from headway.foundation.rows import fetch_sql
from headway.people.models import Agent
from headway.tickets.models import Ticket

# The live process hears the numbers of tickets here.
CHANNEL = "headway_presence"
# A window beats every 25 seconds; one that missed two beats is gone.
SILENCE = timedelta(seconds=60)
DOINGS = ("looking", "reply", "note")
MOST = 50

_BEAT = """
WITH known AS (SELECT ticket_id, doing, seen_at FROM web_presence WHERE agent_id = %(agent)s AND "window" = %(window)s),
beat AS (
    INSERT INTO web_presence (agent_id, "window", ticket_id, doing, seen_at)
    VALUES (%(agent)s, %(window)s, %(ticket)s, %(doing)s, %(now)s)
    ON CONFLICT (agent_id, "window") DO UPDATE
    SET ticket_id = excluded.ticket_id, doing = excluded.doing, seen_at = excluded.seen_at
)
SELECT ticket_id, doing, seen_at FROM known
"""
_ACTIVE = "SELECT DISTINCT agent_id FROM web_presence WHERE seen_at > %s"
_GONE = 'DELETE FROM web_presence WHERE agent_id = %s AND "window" = %s RETURNING ticket_id'
_HERE = """
SELECT p.agent_id, a.name, min(CASE p.doing WHEN 'reply' THEN 0 WHEN 'note' THEN 1 ELSE 2 END)
FROM web_presence p JOIN people_agent a ON a.id = p.agent_id
WHERE p.ticket_id = %s AND p.seen_at > %s AND p.agent_id <> %s AND a.archived_at IS NULL
GROUP BY p.agent_id, a.name ORDER BY 3, a.name LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who has a ticket in front of them: looking, or typing a reply or a note."""

    id: int
    name: str
    doing: str


@transaction.atomic
def beat(agent: Agent, ticket: Ticket, window: str, doing: str) -> None:
    """The person has the ticket in front of them in this window. Screens hear of it when that is news."""
    values: dict[str, Any] = {"agent": agent.pk, "window": window, "ticket": ticket.pk, "doing": doing, "now": now()}
    with connection.cursor() as cursor:
        cursor.execute(_BEAT, values)
        known = cursor.fetchone()
    if known is None or known[2] < now() - SILENCE:
        _tell({ticket.pk})
    elif known[:2] != (ticket.pk, doing):
        _tell({ticket.pk, known[0]})


@transaction.atomic
def leave(agent: Agent, window: str) -> None:
    """The window is closed, or something else is in front."""
    with connection.cursor() as cursor:
        cursor.execute(_GONE, [agent.pk, window])
        gone = cursor.fetchone()
    if gone is not None:
        _tell({gone[0]})


def present(ticket: Ticket, *, beside: Agent) -> Sequence[Present]:
    """Who else has a ticket in front of them that the person was let through to; those who type come first. One query.

    Fifty are named at the most.
    """
    rows = fetch_sql(_HERE, [ticket.pk, now() - SILENCE, beside.pk, MOST])
    return [Present(agent_id, name, ("reply", "note", "looking")[doing]) for agent_id, name, doing in rows]


def _tell(ticket_ids: set[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, ",".join(map(str, sorted(ticket_ids)))])


def active() -> set[int]:
    """Who has any ticket in front of them now. One query."""
    return {agent_id for (agent_id,) in fetch_sql(_ACTIVE, [now() - SILENCE])}
