"""Whether somebody may see a ticket: the rule of `queries.visibility.visible_to` for one ticket at a time."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """What decides what a person sees. `sees` is all, teams or brands."""

    agent_id: int
    reads: bool
    sees: str
    teams: frozenset[int] = frozenset()
    brands: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """What of a ticket decides who sees it."""

    team_id: int | None
    brand_id: int | None
    assignee_id: int | None


def may_see(scope: Scope, facts: Facts) -> bool:
    """Whether the person may see the ticket."""
    if not scope.reads:
        return False
    if scope.sees == "all" or facts.assignee_id == scope.agent_id:
        return True
    if scope.sees == "teams":
        return facts.team_id in scope.teams
    return scope.sees == "brands" and facts.brand_id in scope.brands
