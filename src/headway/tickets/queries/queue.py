"""Who has what: the unfinished tickets a lead spreads over the team, as far as the lead may see them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Min, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from headway.people.models import Agent
from headway.tickets.models import Ticket
from headway.tickets.queries.filters import NOBODY, Filter
from headway.tickets.queries.listing import ListRow, rows_of
from headway.tickets.queries.views import UNFINISHED
from headway.tickets.queries.visibility import visible_to


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody (or nobody, of one team) has: unfinished tickets, those whose customer waits, the longest wait."""

    open: int
    waiting: int
    oldest: datetime | None


EMPTY = Load(0, 0, None)


def unfinished(agent: Agent, chosen: Filter | None = None) -> QuerySet[Ticket]:
    """New, open and held tickets that are not snoozed, as far as the reader may see them."""
    return (chosen or Filter(categories=UNFINISHED, snoozed=False)).apply(visible_to(agent))


def by_assignee(agent: Agent) -> dict[int, Load]:
    """The load of everybody who has something. One query."""
    rows = unfinished(agent).filter(assignee__isnull=False).values_list("assignee_id")
    return {pk: load for pk, load in _loads(rows) if pk is not None}


def unassigned(agent: Agent) -> dict[int | None, Load]:
    """What nobody has yet, by team; None: no team either. One query."""
    chosen = Filter(categories=UNFINISHED, snoozed=False, assignee_id=NOBODY)
    return dict(_loads(unfinished(agent, chosen).values_list("team_id")))


def longest(agent: Agent, each: int) -> dict[int | None, list[ListRow]]:
    """The first `each` of what nobody has in every team, the customer who waits longest first. Two queries."""
    chosen = Filter(categories=UNFINISHED, snoozed=False, assignee_id=NOBODY)
    order = [F("waiting_since").asc(nulls_last=True), F("pk").desc()]
    ranked = unfinished(agent, chosen).annotate(
        place=Window(RowNumber(), partition_by=[F("team_id")], order_by=order)
    )  # fmt: skip
    ids = list(ranked.filter(place__lte=each).values_list("pk", flat=True))
    found: dict[int | None, list[ListRow]] = {}
    for row in rows_of(Ticket.objects.filter(pk__in=ids).order_by(*order)):
        found.setdefault(row.team_id, []).append(row)
    return found


def of_assignee(agent: Agent, assignee_id: int, limit: int = 50) -> Sequence[ListRow]:
    """What somebody has, the customer who waits longest first. One query."""
    chosen = Filter(categories=UNFINISHED, snoozed=False, assignee_id=assignee_id)
    order = [F("waiting_since").asc(nulls_last=True), F("pk").desc()]
    return rows_of(unfinished(agent, chosen).order_by(*order)[:limit])


def _loads(rows: QuerySet[Ticket, tuple[int | None]]) -> Iterator[tuple[int | None, Load]]:
    waits = Count("pk", filter=Q(waiting_since__isnull=False))
    counted = rows.order_by().annotate(open=Count("pk"), waits=waits, oldest=Min("waiting_since"))
    for pk, how_many, waiting, oldest in counted:
        yield pk, Load(how_many, waiting, oldest)
