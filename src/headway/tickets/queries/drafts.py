"""Reading what is being written: one's own draft, and those that others have shared."""

from dataclasses import dataclass
from datetime import datetime

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


def drafts(agent: Agent, ticket: Ticket) -> list[Writing]:
    """One's own and the shared ones on a ticket the person was let through to, the oldest first. One query."""
    rows = Draft.objects.filter(ticket_id=ticket.pk).select_related("agent").order_by("pk")
    return [_writing(row) for row in rows if row.agent_id == agent.pk or row.shared_at is not None]


def own_draft(agent: Agent, ticket: Ticket) -> Writing | None:
    """What the person was writing. One query."""
    return next((one for one in drafts(agent, ticket) if one.agent_id == agent.pk), None)


def _writing(row: Draft) -> Writing:
    return Writing(
        row.agent_id, row.agent.name, row.text, row.mode, row.copied, row.version, row.saved_at,
        row.shared_at is not None,
    )  # fmt: skip
