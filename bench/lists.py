"""Processor time of a list of 50 in every sorting, whole and narrowed as the desk's views and the API narrow it."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from bench.ground import Cost, measure
from bench.requests import LIST, plain

BUDGET = 5.0  # milliseconds


@dataclass(frozen=True, slots=True)
class Row:
    """What a list costs in each sorting, and the same in plain SQL: the whole list by its latest activity."""

    name: str
    costs: dict[str, Cost]


def run(times: int = 20) -> tuple[list[Row], Cost]:
    """Measures every list as an administrator sees it; and the plain one."""
    from headway.people.models import Agent
    from headway.tickets.queries.listing import listing
    from headway.tickets.rules.views import ORDERS

    agent = Agent.objects.filter(sees="all").order_by("pk")[0]
    rows = []
    for name, chosen in _filters(agent.pk).items():
        costs = {
            order: measure(partial(listing, agent, chosen, order=order), times, rounds=3, warm=6) for order in ORDERS
        }
        rows.append(Row(name, costs))
    return rows, measure(lambda: plain(LIST, []), times, rounds=3, warm=6)


def _filters(agent_id: int) -> dict[str, Any]:
    from headway.people.models import Team
    from headway.tickets.models import Status, Ticket
    from headway.tickets.queries import Filter
    from headway.tickets.queries.filters import Condition

    team, customer = Team.objects.order_by("pk")[0].pk, Ticket.objects.order_by("-pk")[0].customer_id
    unsolved = ("new", "open")
    statuses = {status.category: status.pk for status in Status.objects.filter(is_default=True)}
    return {
        "everything": Filter(),
        "open": Filter(categories=unsolved, snoozed=False),
        "mine": Filter(categories=unsolved, assignee_id=agent_id, snoozed=False),
        "unassigned": Filter(categories=unsolved, assignee_id=0, snoozed=False),
        "a team's": Filter(categories=unsolved, team_id=team, snoozed=False),
        "waiting on the customer": Filter(categories=("waiting",)),
        "snoozed": Filter(snoozed=True),
        "solved and closed": Filter(categories=("solved", "closed")),
        "spam": Filter(suspected=True),
        "all, urgent": Filter(priorities=(4,)),
        "all, low": Filter(priorities=(1,)),
        "all, of a team": Filter(team_id=team),
        "all, of one person": Filter(assignee_id=agent_id),
        "all, of nobody": Filter(assignee_id=0),
        "all, of a status": Filter(status_id=statuses["open"]),
        "all, closed": Filter(status_id=statuses["closed"]),
        "all, by a channel": Filter(channel="email"),
        "all, by no channel": Filter(channel="chat"),
        "all, without a brand": Filter(brand_id=0),
        "all, with a tag": Filter(tag="vip"),
        "all, unanswered": Filter(conditions=(Condition("unanswered", ()),)),
        "a customer's": Filter(customer_id=customer),
    }
