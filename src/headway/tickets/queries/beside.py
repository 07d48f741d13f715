"""What stands beside a ticket's conversation: its tags, links and ratings, and how far one reader has seen it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from headway.foundation.together import Asked, Rows, rows_of
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


def past_on(agent: Agent, ticket: Ticket, limit: int = 6) -> Asked[list[Past]]:
    """The customer's other tickets, as far as the reader may see them, newest first."""
    known = [ticket.customer_id] if ticket.customer_id else []
    theirs = standing(visible_to(agent)).filter(customer_id__in=known).exclude(pk=ticket.pk)
    columns = ("pk", "subject", "category", "status__name", "created_at")
    newest = theirs.order_by("-created_at")[:limit]
    return rows_of(newest, columns, lambda rows: [Past(*row) for row in rows], times=("created_at",))


def tags_on(ticket: Ticket) -> Asked[list[str]]:
    """The ticket's tags, by name."""
    found = Tagging.objects.filter(ticket=ticket).order_by("tag__name")
    return rows_of(found, ("tag__name",), lambda rows: [name for (name,) in rows])


def tag_names(ticket: Ticket) -> list[str]:
    """The same, now. One query."""
    return tags_on(ticket).now()


def names_of_tags(ids: set[int]) -> dict[int, str]:
    """Names by id, also of tags that are on no ticket any more."""
    return dict(Tag.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def links_on(ticket: Ticket) -> Asked[Rows]:
    """How the ticket is linked, for `linked`."""
    found = Link.objects.filter(Q(ticket=ticket) | Q(other=ticket)).order_by("at")
    return rows_of(found, ("kind", "ticket_id", "other_id"), list)


def linked(agent: Agent, ticket: Ticket, found: Rows) -> list[Linked]:
    """The tickets linked to this one, both ways, as far as the reader may see them. One query, none without links."""
    if not found:
        return []
    others = {other if own == ticket.pk else own for _kind, own, other in found}
    rows = visible_to(agent).filter(pk__in=others).values_list("pk", "subject", "category", "status__name")
    by_id = {row[0]: row for row in rows}
    shown = []
    for kind, own, other in found:
        outward = own == ticket.pk
        row = by_id.get(other if outward else own)
        if row:
            shown.append(Linked(kind, outward, *row))
    return shown


def ratings(ticket: Ticket) -> list[Rating]:
    """What the customer said about it, a row a scale."""
    return list(Rating.objects.filter(ticket=ticket).order_by("at"))
