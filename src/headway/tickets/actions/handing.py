"""Handing on the open tickets of somebody who leaves, or of a team that is dissolved, in the background."""

from headway.events.actor import Actor
from headway.people.models import Agent, Team
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.tickets.actions.assignment import must_answer


def hand_on_agent(agent: Agent, to: Agent | None, *, actor: Actor) -> None:
    """Asks for a job that gives the person's open tickets to somebody else, or to nobody. Raises Invalid for somebody
    who cannot answer them."""
    require(actor, Permission.PEOPLE)
    if to is not None:
        must_answer(to)
    _ask("agent", agent.pk, to.pk if to else 0, actor)


def hand_on_team(team: Team, to: Team | None, *, actor: Actor) -> None:
    """The same for the open tickets of a team."""
    require(actor, Permission.TEAMS)
    _ask("team", team.pk, to.pk if to else 0, actor)


def _ask(kind: str, giver: int, taker: int, actor: Actor) -> None:
    # the job's module reads this package
    from headway.tickets.tasks import hand_on

    hand_on.defer(kind=kind, giver=giver, taker=taker, by=actor.id or 0, role=actor.role or "")
