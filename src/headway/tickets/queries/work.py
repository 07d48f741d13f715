"""One's own active time."""

from headway.foundation.together import Asked, rows_of
from headway.people.models import Agent
from headway.tickets.models import Stretch, Ticket


def active_on(agent: Agent, ticket: Ticket) -> Asked[int]:
    """How long the person was active on a ticket they were let through to, in milliseconds."""
    rows = Stretch.objects.filter(ticket_id=ticket.pk, agent_id=agent.pk)
    return rows_of(rows, ("active_ms",), lambda found: sum(ms for (ms,) in found))


def active_ms(agent: Agent, ticket: Ticket) -> int:
    """The same, now. One query."""
    return active_on(agent, ticket).now()
