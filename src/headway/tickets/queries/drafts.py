"""Reading what is being written: one's own draft, and those that others have shared."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from headway.foundation.together import Asked, rows_of
from headway.people.models import Agent
from headway.tickets.models import Draft, Ticket


@dataclass(frozen=True, slots=True)
class Writing:
    """A draft. `copied` is None where nobody has changed who gets a copy."""

    agent_id: int
    agent: str
    text: str
    mode: str
    copied: str | None
    version: int
    saved_at: datetime
    shared: bool


_COLUMNS = ("agent_id", "agent__name", "text", "mode", "copied", "version", "saved_at", "shared_at")


def drafts_on(agent: Agent, ticket: Ticket) -> Asked[list[Writing]]:
    """One's own and the shared ones on a ticket the person was let through to, the oldest first."""
    rows = Draft.objects.filter(Q(agent_id=agent.pk) | Q(shared_at__isnull=False), ticket_id=ticket.pk).order_by("pk")
    return rows_of(rows, _COLUMNS, lambda found: [_writing(row) for row in found], times=("saved_at",))


def drafts(agent: Agent, ticket: Ticket) -> list[Writing]:
    """The same, now. One query."""
    return drafts_on(agent, ticket).now()


def own_draft(agent: Agent, ticket: Ticket) -> Writing | None:
    """What the person was writing. One query."""
    return next((one for one in drafts(agent, ticket) if one.agent_id == agent.pk), None)


def _writing(row: list[Any]) -> Writing:
    *values, shared_at = row
    return Writing(*[*values, shared_at is not None])
