"""What a customer or an organisation has with us, as far as the token's owner may see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.http import HttpResponse
from ninja import Query

from headway.foundation.pages import Page
from headway.people.queries import customers, duplicates
from headway.people.rules import Permission, Scope
from headway.tickets.queries import Filter, dealings
from headway.web.api.answers import Listed, answer, listed, paged
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Paging, PathId
from headway.web.api.routes import Routes

routes = Routes("Customers")


@dataclass(slots=True)
class ToldOut:
    """A message of the history. `author` is null for an automation."""

    id: int
    ticket_id: int
    subject: str
    direction: Literal["in", "out"]
    author: str | None
    channel: str
    at: datetime
    text: str
    automatic: bool
    held: bool


@dataclass(slots=True)
class RatingsOut:
    """The mean of the ratings on one scale, and of how many."""

    scale: str
    mean: float
    count: int


@dataclass(slots=True)
class FiguresOut:
    """How many tickets, counted no further than 1,000, and what was said of them."""

    tickets: int
    unfinished: int
    waiting: int
    finished: int
    ratings: list[RatingsOut]


@routes.get("/customers/{customer_id}/history", Scope.TICKETS_READ, Permission.READ, Listed[ToldOut])
def read_customer_history(request: ApiRequest, customer_id: PathId, chosen: Query[Paging]) -> HttpResponse:
    """Everything said with the customer, on every channel, newest first."""
    found = customers.customer_by_id(customer_id)
    page = dealings.history(request.agent, customers.family(found), cursor=chosen.cursor, limit=chosen.limit)
    rows = [
        ToldOut(
            each.id, each.ticket_id, each.subject, "out" if each.ours else "in", each.author, each.channel, each.at,
            each.text, each.automatic, each.held,
        )
        for each in page.rows
    ]  # fmt: skip
    return paged(request, Page(rows, page.next))


@dataclass(slots=True)
class DuplicateOut:
    """A record that may be the same person. `reason` is known, address, domain, organisation or name."""

    customer_id: int
    name: str
    reason: str


@routes.get("/customers/{customer_id}/duplicates", Scope.CUSTOMERS_READ, Permission.READ, Listed[DuplicateOut])
def list_duplicates(request: ApiRequest, customer_id: PathId) -> HttpResponse:
    """Who may be the same person, the likeliest first. PUT the merger of one to make them one."""
    found = duplicates.suggestions(customers.customer_by_id(customer_id), limit=20)
    return listed(request, [DuplicateOut(each.customer.pk, each.customer.name, each.reason) for each in found], None)


@routes.get("/customers/{customer_id}/figures", Scope.TICKETS_READ, Permission.READ, FiguresOut)
def read_customerfigures(request: ApiRequest, customer_id: PathId) -> HttpResponse:
    """How many tickets the customer has, and how they rated them."""
    return answer(figures(request, Filter(customer_id=customers.customer_by_id(customer_id).pk)))


def figures(request: ApiRequest, chosen: Filter) -> FiguresOut:
    """Figures of the chosen tickets. Two queries."""
    counts = dealings.counts(request.agent, chosen)
    rated = [RatingsOut(each.scale, each.mean, each.count) for each in dealings.satisfaction(request.agent, chosen)]
    return FiguresOut(counts["all"], counts["unfinished"], counts["waiting"], counts["finished"], rated)
