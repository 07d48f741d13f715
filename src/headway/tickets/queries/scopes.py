"""What decides who sees which ticket, as plain values for `rules.visibility.may_see`."""

from collections.abc import Iterable

from headway.people.models import Agent, Membership
from headway.people.rules import Permission, Sees
from headway.tickets.models import Ticket
from headway.tickets.rules.visibility import Facts, Scope


def scopes_of(agents: Iterable[Agent]) -> dict[int, Scope]:
    """What each of these people sees, by id. At most two queries: their teams, their brands."""
    people = list(agents)
    teams = _grouped(Membership, "team_id", people, Sees.TEAMS)
    brands = _grouped(Agent.brands.through, "brand_id", people, Sees.BRANDS)
    return {
        agent.pk: Scope(
            agent.pk,
            agent.archived_at is None and agent.may(Permission.READ),
            str(agent.sees),
            teams.get(agent.pk, frozenset()),
            brands.get(agent.pk, frozenset()),
        )
        for agent in people
    }


def facts_of(ticket_ids: Iterable[int]) -> dict[int, Facts]:
    """What decides who sees each of these tickets, by id; one that is gone is left out. One query."""
    rows = Ticket.objects.filter(pk__in=list(ticket_ids)).values_list("pk", "team_id", "brand_id", "assignee_id")
    return {number: Facts(*rest) for number, *rest in rows}


def _grouped(table: type, column: str, people: list[Agent], sees: Sees) -> dict[int, frozenset[int]]:
    ids = [agent.pk for agent in people if agent.sees == sees]
    found: dict[int, set[int]] = {}
    if ids:
        for agent_id, other in table.objects.filter(agent_id__in=ids).values_list("agent_id", column):  # type: ignore[attr-defined]
            found.setdefault(agent_id, set()).add(other)
    return {agent_id: frozenset(others) for agent_id, others in found.items()}
