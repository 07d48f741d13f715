"""What a customer or an organisation has with us, as far as a reader may see it: tickets, messages, ratings."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count, Max, Q, QuerySet

from headway.foundation import pages
from headway.foundation.pages import Page
from headway.people.models import Agent
from headway.tickets.models import Message, Rating, Ticket
from headway.tickets.queries.filters import Filter
from headway.tickets.queries.listing import ListRow, moment, rows_of, tally
from headway.tickets.queries.views import FINISHED, UNFINISHED
from headway.tickets.queries.visibility import standing, visible_to

_EPOCH = moment(0)
_MICROSECOND = timedelta(microseconds=1)
# Whose history is longer than this many tickets has the latest of them in it.
_MOST = 2000


@dataclass(frozen=True, slots=True)
class Told:
    """A message of the history. `ours`: the team wrote it; `author` is a name, or none for an automation."""

    id: int
    ticket_id: int
    subject: str
    category: str
    status: str
    ours: bool
    author: str | None
    channel: str
    at: datetime
    text: str
    automatic: bool
    held: bool


@dataclass(frozen=True, slots=True)
class Activity:
    """How many tickets somebody has, and when something was said on one of them last."""

    tickets: int
    unfinished: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """The mean of the ratings on one scale, and of how many."""

    scale: str
    mean: float
    count: int


_TOLD = (
    "id", "ticket_id", "ticket__subject", "ticket__category", "ticket__status__name", "direction", "agent__name",
    "customer__name", "channel", "at", "text", "automatic", "held",
)  # fmt: skip


def history(agent: Agent, customers: Collection[int], *, cursor: str | None = None, limit: int = 25) -> Page[Told]:
    """What was said with these records of one customer, on every ticket the reader may see, newest first.

    Their own tickets and those they wrote on, with what others wrote there. Two queries.
    """
    found = Message.objects.filter(ticket_id__in=_ids(agent, customers), withdrawn_at__isnull=True)
    if cursor:
        micros, last = pages.decode(cursor, (int, int))
        found = found.filter(Q(at__lt=moment(micros)) | Q(at=moment(micros), pk__lt=last))
    rows = [_told(values) for values in found.order_by("-at", "-pk").values_list(*_TOLD)[: limit + 1]]
    more = len(rows) > limit
    rows = rows[:limit]
    return Page(rows, pages.encode((rows[-1].at - _EPOCH) // _MICROSECOND, rows[-1].id) if more else None)


def latest(agent: Agent, chosen: Filter, limit: int) -> list[ListRow]:
    """The chosen tickets on which something was said last. One query."""
    return rows_of(chosen.apply(visible_to(agent)).order_by("-active_at", "-pk")[:limit])


def counts(agent: Agent, chosen: Filter) -> dict[str, int]:
    """How many of the chosen tickets there are: `all`, `unfinished`, `waiting` on the customer, `finished`. One query;
    counted no further than 1,000."""
    shown = {
        "all": Filter(within=chosen),
        "unfinished": Filter(within=chosen, categories=UNFINISHED),
        "waiting": Filter(within=chosen, categories=("waiting",)),
        "finished": Filter(within=chosen, categories=FINISHED),
    }
    return tally(agent, shown)


def satisfaction(agent: Agent, chosen: Filter) -> list[Satisfaction]:
    """What they said of their tickets, a row a scale. One query."""
    rated = Rating.objects.filter(ticket__in=chosen.apply(visible_to(agent)))
    rows = rated.values_list("scale").annotate(mean=Avg("score"), count=Count("pk")).order_by("scale")
    return [Satisfaction(scale, round(float(mean), 1), count) for scale, mean, count in rows]


def activity(agent: Agent, customers: Sequence[int]) -> dict[int, Activity]:
    """By customer, for a page of a list; who has no ticket is left out. One query."""
    theirs = standing(visible_to(agent)).filter(customer_id__in=list(customers)).values_list("customer_id")
    unfinished = Count("pk", filter=Q(category__in=UNFINISHED))
    rows = theirs.annotate(tickets=Count("pk"), unfinished=unfinished, last=Max("active_at"))
    return {pk: Activity(tickets, open_ones, last) for pk, tickets, open_ones, last in rows if pk is not None}


def _ids(agent: Agent, customers: Collection[int]) -> list[int]:
    seen: QuerySet[Ticket] = standing(visible_to(agent))
    wrote = Message.objects.filter(customer_id__in=list(customers)).values("ticket_id")
    theirs = seen.filter(Q(customer_id__in=list(customers)) | Q(pk__in=wrote))
    return list(theirs.order_by("-pk").values_list("pk", flat=True)[:_MOST])


def _told(values: Sequence[object]) -> Told:
    pk, ticket_id, subject, category, status, direction, agent, customer, *rest = values
    ours = direction == Message.Directions.OUT
    return Told(pk, ticket_id, subject, category, status, ours, agent if ours else customer, *rest)  # type: ignore[arg-type]
