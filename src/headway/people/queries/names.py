"""Names by id, as plain rows: for menus, lists and stories, which need no whole people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from headway.foundation.clock import now
from headway.people.models import Agent, Brand, Membership, Team
from headway.people.rules import Permission, may
from headway.people.rules.away import is_away


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something with a name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Answering(Named):
    """Somebody who may answer customers, and whether they are away; `until` when, if they said."""

    away: bool = False
    until: datetime | None = None


def of_agents(ids: Collection[int]) -> dict[int, str]:
    """Names of these people, also of those who have left."""
    return dict(Agent.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def answering() -> list[Answering]:
    """Today's people who may answer customers, by name. One query."""
    rows = Agent.objects.filter(archived_at__isnull=True).order_by("name", "pk")
    found, at = rows.values_list("pk", "name", "role", "away_since", "away_until"), now()
    return [
        Answering(pk, name, is_away(since, until, at), until)
        for pk, name, role, since, until in found
        if may(role, Permission.REPLY)
    ]


def everybody() -> list[Named]:
    """Everybody who works or worked here, by name. One query."""
    return [Named(*row) for row in Agent.objects.order_by("name", "pk").values_list("pk", "name")]


def teams() -> list[Named]:
    """Today's teams by tier and name. One query."""
    rows = Team.objects.filter(archived_at__isnull=True).order_by("tier", "name").values_list("pk", "name")
    return [Named(*row) for row in rows]


def teams_of(agent: Agent) -> list[Named]:
    """The teams that somebody belongs to, by tier and name. One query."""
    rows = Membership.objects.filter(agent=agent, team__archived_at__isnull=True).order_by("team__tier", "team__name")
    return [Named(*row) for row in rows.values_list("team_id", "team__name")]


def brands() -> list[Named]:
    """Today's brands, the default first. One query."""
    rows = Brand.objects.filter(archived_at__isnull=True).order_by("-is_default", "name").values_list("pk", "name")
    return [Named(*row) for row in rows]
