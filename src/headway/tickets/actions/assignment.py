"""Who has the ticket."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.tickets import TeamChanged, TicketAssigned
from headway.foundation.errors import Conflict, Invalid
from headway.people.models import Agent, Team
from headway.people.rules import Permission, may
from headway.tickets.actions.opening import must_be_open, opened, touched
from headway.tickets.models import Ticket


@transaction.atomic
def assign(
    ticket: Ticket,
    agent: Agent | None,
    *,
    actor: Actor,
    expected: int | None = None,
    instead_of: int | None = None,
    at: datetime | None = None,
    silent: bool = False,
) -> Ticket:
    """Gives the ticket to somebody who can answer it, or to nobody. Raises Invalid for somebody who cannot.

    `instead_of` is who had it when the actor looked (0: nobody): of two who take a ticket at once the first has it, and
    the other is told by whom. Raises Conflict then. What else changed meanwhile does not matter.
    """
    row = opened(ticket, actor=actor, needs=Permission.WORK, expected=expected)
    must_be_open(row)
    if agent is not None:
        must_answer(agent)
    if instead_of is not None:
        _must_be_as_seen(row, instead_of, agent)
    if row.assignee_id != (agent.pk if agent else None):
        give_to(row, agent.pk if agent else None, actor=actor, at=at, silent=silent)
        touched(row, "assignee", at=at)
    return row


def _must_be_as_seen(row: Ticket, instead_of: int, agent: Agent | None) -> None:
    """Raises Conflict when somebody else was quicker; who wanted the same is content."""
    if row.assignee_id in (instead_of or None, agent.pk if agent else None):
        return
    if row.assignee is None:
        raise Conflict(
            _("Somebody took the assignee off this ticket a moment ago. Nothing was changed."), assignee_id=None
        )
    name = {"name": row.assignee.name}
    raise Conflict(
        _("%(name)s has had this ticket for a moment: they were quicker. Nothing was changed.") % name,
        assignee_id=row.assignee_id,
    )


def must_answer(agent: Agent) -> None:
    """Raises Invalid for somebody who cannot answer tickets."""
    if agent.archived_at is not None or not may(agent.role, Permission.REPLY):
        raise Invalid(_("%(name)s cannot answer tickets.") % {"name": agent.name}, field="assignee")


def give_to(ticket: Ticket, agent_id: int | None, *, actor: Actor, at: datetime | None, silent: bool) -> None:
    """Sets the assignee of a locked ticket and records it; the caller saves."""
    event = TicketAssigned(ticket_id=ticket.pk, from_agent=ticket.assignee_id, to_agent=agent_id)
    ticket.assignee_id = agent_id
    journal.record(event, actor=actor, at=at, silent=silent)


@transaction.atomic
def set_team(
    ticket: Ticket,
    team: Team | None,
    *,
    actor: Actor,
    expected: int | None = None,
    at: datetime | None = None,
    silent: bool = False,
) -> Ticket:
    """Gives the ticket to a team, or to none. An assignee outside the team loses it."""
    row = opened(ticket, actor=actor, needs=Permission.WORK, expected=expected)
    must_be_open(row)
    if team is not None and team.archived_at is not None:
        raise Invalid(_("The team %(name)s does not exist any more.") % {"name": team.name}, field="team")
    target = team.pk if team else None
    if row.team_id == target:
        return row
    event = TeamChanged(ticket_id=row.pk, from_team=row.team_id, to_team=target)
    row.team_id = target
    journal.record(event, actor=actor, at=at, silent=silent)
    if team is not None and row.assignee_id and not team.members.filter(pk=row.assignee_id).exists():
        give_to(row, None, actor=actor, at=at, silent=silent)
    touched(row, "team", "assignee", at=at)
    return row
