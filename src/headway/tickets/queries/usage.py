"""How many tickets an administrator's decision touches, counted no further than needed."""

from collections.abc import Iterator

from django.db.models import QuerySet

from headway.tickets.models import Ticket

_UNFINISHED = ("new", "open", "waiting", "hold")


def is_there_any(*, sample: bool | None = None) -> bool:
    """Whether there is a ticket: a sample, a real one, or any. One query."""
    found = Ticket.objects.all() if sample is None else Ticket.objects.filter(is_sample=sample)
    return found.exists()


def of_brand(brand_id: int, most: int) -> int:
    """Tickets of a brand, finished ones included."""
    return Ticket.objects.filter(brand_id=brand_id).values("pk")[:most].count()


def unfinished_of_team(team_id: int, most: int) -> int:
    """Tickets a team has to work on."""
    return _unfinished().filter(team_id=team_id).values("pk")[:most].count()


def unfinished_of_agent(agent_id: int, most: int) -> int:
    """Tickets somebody has to work on."""
    return _unfinished().filter(assignee_id=agent_id).values("pk")[:most].count()


def unfinished_of(kind: str, holder_id: int) -> Iterator[Ticket]:
    """The tickets an agent or a team has to work on, the oldest first."""
    held = {"assignee_id" if kind == "agent" else "team_id": holder_id}
    return _unfinished().filter(**held).order_by("pk").iterator(chunk_size=500)


def _unfinished() -> QuerySet[Ticket]:
    return Ticket.objects.filter(category__in=_UNFINISHED, suspected_at__isnull=True, merged_into__isnull=True)
