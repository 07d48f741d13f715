"""What stands beside a ticket's conversation: its tags, links and ratings, and how far one reader has seen it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from headway.people.models import Agent
from headway.tickets.models import Link, Rating, Tag, Tagging, Ticket
from headway.tickets.queries.visibility import standing, visible_to


@dataclass(frozen=True, slots=True)
class Linked:
    """Another ticket and how it stands to this one. `outward`: the link was made from this ticket."""

    kind: str
    outward: bool
    id: int
    subject: str
    category: str
    status: str


@dataclass(frozen=True, slots=True)
class Past:
    """Another ticket of the same customer."""

    id: int
    subject: str
    category: str
    status: str
    created_at: datetime


def past(agent: Agent, ticket: Ticket, limit: int = 6) -> list[Past]:
    """The customer's other tickets, as far as the reader may see them, newest first. One query."""
    if ticket.customer_id is None:
        return []
    theirs = standing(visible_to(agent)).filter(customer_id=ticket.customer_id).exclude(pk=ticket.pk)
    rows = theirs.order_by("-created_at").values_list("pk", "subject", "category", "status__name", "created_at")
    return [Past(*row) for row in rows[:limit]]


def tag_names(ticket: Ticket) -> list[str]:
    """The ticket's tags, by name."""
    return list(Tagging.objects.filter(ticket=ticket).order_by("tag__name").values_list("tag__name", flat=True))


def names_of_tags(ids: set[int]) -> dict[int, str]:
    """Names by id, also of tags that are on no ticket any more."""
    return dict(Tag.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def links(agent: Agent, ticket: Ticket) -> list[Linked]:
    """The tickets linked to this one, both ways, as far as the reader may see them. Two queries, one without links."""
    found = list(
        Link.objects.filter(Q(ticket=ticket) | Q(other=ticket)).order_by("at").values_list("kind", "ticket", "other")
    )
    if not found:
        return []
    others = {other if own == ticket.pk else own for _kind, own, other in found}
    rows = visible_to(agent).filter(pk__in=others).values_list("pk", "subject", "category", "status__name")
    by_id = {row[0]: row for row in rows}
    linked = []
    for kind, own, other in found:
        outward = own == ticket.pk
        row = by_id.get(other if outward else own)
        if row:
            linked.append(Linked(kind, outward, *row))
    return linked


def ratings(ticket: Ticket) -> list[Rating]:
    """What the customer said about it, a row a scale."""
    return list(Rating.objects.filter(ticket=ticket).order_by("at"))
