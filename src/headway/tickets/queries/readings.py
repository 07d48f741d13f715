"""What somebody has not read yet.

A ticket is unread to a person when somebody else said something on it after what they read last. One that they never
opened is unread while it is unfinished: what was solved before they came asks nothing of them. Our own automatic
answers are nothing to read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from headway.foundation.rows import fetch_sql
from headway.people.models import Agent
from headway.tickets.models import Message, Note, Reading, Ticket
from headway.tickets.queries.conversation import Turn

UNFINISHED = ("new", "open", "waiting", "hold")


@dataclass(frozen=True, slots=True)
class Read:
    """How far somebody has read a ticket, and when that was."""

    message_id: int
    note_id: int
    at: datetime


def reading_of(agent: Agent, ticket: Ticket) -> Read | None:
    """How far they read a ticket they were let through to; None when they never opened it. One query."""
    found = Reading.objects.filter(agent_id=agent.pk, ticket_id=ticket.pk).values_list("message_id", "note_id", "at")
    return next((Read(*row) for row in found), None)


def is_news(turn: Turn, read: Read, agent_id: int) -> bool:
    """Whether somebody else said this after what they read last."""
    last = read.note_id if turn.kind == "note" else read.message_id
    return turn.id > last and turn.agent_id != agent_id and not (turn.automatic and turn.kind == "out")


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


def unread(agent_id: int) -> Q:
    """The same as a condition on tickets."""
    read = Reading.objects.filter(agent_id=agent_id, ticket_id=OuterRef("pk"))
    messages = Message.objects.filter(withdrawn_at__isnull=True).exclude(automatic=True, direction="out")
    said = Exists(_since(messages, agent_id, "message_id")) | Exists(_since(Note.objects.all(), agent_id, "note_id"))
    return (Q(category__in=UNFINISHED) | Exists(read)) & said


def _since(said: QuerySet[Any], agent_id: int, last: str) -> QuerySet[Any]:
    """What others said on the ticket after the last that the person read."""
    read = Reading.objects.filter(agent_id=agent_id, ticket_id=OuterRef(OuterRef("pk"))).values(last)
    others = Q(agent_id__isnull=True) | ~Q(agent_id=agent_id)
    return said.filter(others, ticket_id=OuterRef("pk"), pk__gt=Coalesce(Subquery(read), Value(0)))
