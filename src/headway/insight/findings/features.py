"""What a source records, and what was entered beside it."""

from dataclasses import dataclass

from headway.insight.lake.deriving import records_statuses
from headway.insight.lake.engine import Lake


@dataclass(frozen=True, slots=True)
class Money:
    """What was entered: the fully loaded cost of support in a month, and the team's paid hours in a month.

    `calibration` is what estimates of working time are multiplied by, in percent: a team's own, from a measured week.
    """

    cost_month: float | None = None
    hours_month: float | None = None
    currency: str = ""
    calibration: int = 100


@dataclass(frozen=True, slots=True)
class Features:
    """What the source records. What is missing switches off the findings that need it."""

    people: bool
    work: bool  # what people did step by step, or recorded working time
    statuses: bool  # whom a ticket waits for
    solves: bool
    messages: bool
    texts: bool
    teams: bool
    tiers: bool
    categories: bool
    customers: bool
    several_steps: bool
    clock: bool  # times finer than days


def features(lake: Lake, *, stepwise: bool) -> Features:
    """What the lake's events record."""
    row = lake.one(
        "SELECT count(actor_id) FILTER (WHERE actor_kind = 'agent'), count(active_ms), "
        "count(*) FILTER (WHERE status IN ('solved', 'closed')), "
        "count(*) FILTER (WHERE kind = 'replied' AND actor_kind = 'agent'), "
        "count(DISTINCT team_id), count(*) FILTER (WHERE at_ms % 86400000 = 0), count(*) FROM events"
    )
    people, active, solved, replied, teams, midnights, events = row
    categories, customers = lake.one("SELECT count(category), count(customer_id) FROM tickets")
    (tiers,) = lake.one("SELECT count(DISTINCT tier) FROM people WHERE kind = 'team'")
    (texts,) = lake.one("SELECT count(*) FROM messages")
    return Features(
        people=bool(people),
        work=stepwise or bool(active),
        statuses=records_statuses(lake),
        solves=bool(solved),
        messages=bool(replied),
        texts=bool(texts),
        teams=teams > 1,
        tiers=tiers > 1,
        categories=bool(categories),
        customers=bool(customers),
        several_steps=stepwise,
        clock=midnights * 2 < events,
    )
