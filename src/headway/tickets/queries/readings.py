"""What somebody has not read yet.

A ticket is unread to a person when somebody else said something on it after what they read last. One that they never
opened is unread while it is unfinished: what was solved before they came asks nothing of them. Our own automatic
answers are nothing to read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.db.models.expressions import RawSQL

from headway.foundation.rows import fetch_sql
from headway.foundation.together import Asked, rows_of
from headway.people.models import Agent
from headway.tickets.models import Reading, Ticket
from headway.tickets.queries.conversation import Place, Turn

UNFINISHED = ("new", "open", "waiting", "hold")


@dataclass(frozen=True, slots=True)
class Read:
    """How far somebody has read a ticket, and when that was."""

    message_id: int
    note_id: int
    at: datetime


def reading_on(agent: Agent, ticket: Ticket) -> Asked[Read | None]:
    """How far they read a ticket they were let through to; None when they never opened it."""
    found = Reading.objects.filter(agent_id=agent.pk, ticket_id=ticket.pk)
    columns = ("message_id", "note_id", "at")
    return rows_of(found, columns, lambda rows: next((Read(*row) for row in rows), None), times=("at",))


def reading_of(agent: Agent, ticket: Ticket) -> Read | None:
    """The same, now. One query."""
    return reading_on(agent, ticket).now()


def is_news(turn: Turn, read: Read, agent_id: int) -> bool:
    """Whether somebody else said this after what they read last."""
    last = read.note_id if turn.kind == "note" else read.message_id
    return turn.id > last and turn.agent_id != agent_id and not (turn.automatic and turn.kind == "out")


_FIRST_UNREAD = """
(SELECT m.at, false, m.id FROM tickets_message m WHERE m.ticket_id = %s AND m.id > %s
 AND m.agent_id IS DISTINCT FROM %s AND m.withdrawn_at IS NULL AND NOT (m.automatic AND m.direction = 'out')
 ORDER BY m.at, m.id LIMIT 1)
UNION ALL
(SELECT n.at, true, n.id FROM tickets_note n WHERE n.ticket_id = %s AND n.id > %s AND n.agent_id IS DISTINCT FROM %s
 ORDER BY n.at, n.id LIMIT 1)
ORDER BY 1, 2, 3 LIMIT 1
"""


def first_unread(agent: Agent, ticket: Ticket, read: Read, before: Place) -> Place | None:
    """Where the first stands that they have not read, if it stands before a place. One query."""
    parameters = [ticket.pk, read.message_id, agent.pk, ticket.pk, read.note_id, agent.pk]
    found = [Place(*row) for row in fetch_sql(_FIRST_UNREAD, parameters)]
    return next((place for place in found if place < before), None)


_UNREAD = """
SELECT t.id FROM tickets_ticket t
LEFT JOIN tickets_reading r ON r.ticket_id = t.id AND r.agent_id = %s
WHERE t.id = ANY(%s) AND (r.agent_id IS NOT NULL OR t.category = ANY(%s)) AND (
  EXISTS (
    SELECT FROM tickets_message m WHERE m.ticket_id = t.id AND m.id > coalesce(r.message_id, 0)
    AND m.agent_id IS DISTINCT FROM %s AND m.withdrawn_at IS NULL AND NOT (m.automatic AND m.direction = 'out')
  ) OR EXISTS (
    SELECT FROM tickets_note n WHERE n.ticket_id = t.id AND n.id > coalesce(r.note_id, 0)
    AND n.agent_id IS DISTINCT FROM %s
  )
)
"""


def unread_among(agent: Agent, ticket_ids: Sequence[int]) -> set[int]:
    """Those of these tickets that the person has not read to the end. One query, none for no tickets."""
    if not ticket_ids:
        return set()
    parameters = [agent.pk, list(ticket_ids), list(UNFINISHED), agent.pk, agent.pk]
    return {number for (number,) in fetch_sql(_UNREAD, parameters)}


# Each of what they have read and is behind, and of what they never opened, looked at by itself. What is unfinished is
# found by one of three indexes. The array hides from the planner how many there may be, or it goes through all tickets.
_SAID = """
  (SELECT true FROM tickets_message m WHERE m.ticket_id = x.id AND m.id > x.message_id
   AND m.agent_id IS DISTINCT FROM %(agent)s AND m.withdrawn_at IS NULL
   AND NOT (m.automatic AND m.direction = 'out') LIMIT 1)
  OR (SELECT true FROM tickets_note n WHERE n.ticket_id = x.id AND n.id > x.note_id
   AND n.agent_id IS DISTINCT FROM %(agent)s LIMIT 1)
"""
_UNFINISHED = """
  SELECT t.id FROM tickets_ticket t WHERE t.category IN ('new', 'open', 'waiting', 'hold') AND {where}
  AND NOT EXISTS (SELECT FROM tickets_reading r WHERE r.agent_id = %(agent)s AND r.ticket_id = t.id)
"""
_APART = ("t.suspected_at IS NULL AND t.merged_into_id IS NULL", "t.suspected_at IS NOT NULL",
          "t.merged_into_id IS NOT NULL AND t.suspected_at IS NULL")  # fmt: skip
_NEWS = f"""
SELECT unnest(ARRAY(
  SELECT x.id FROM (
    SELECT ticket_id AS id, message_id, note_id FROM tickets_reading WHERE agent_id = %(agent)s AND behind
    UNION ALL
    SELECT id, 0, 0 FROM ({" UNION ALL ".join(_UNFINISHED.format(where=where) for where in _APART)}) fresh
  ) x WHERE {_SAID}
))
"""


def unread(agent_id: int) -> Q:
    """The same as a condition on tickets. It costs what is behind and what is unfinished, however many tickets the
    person has read."""
    return Q(pk__in=RawSQL(_NEWS.replace("%(agent)s", str(int(agent_id))), []))  # noqa: S611 (a number alone)
