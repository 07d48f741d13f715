"""Where a ticket may go from where it stands, and what a customer's message does to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Category(StrEnum):
    """What a status means, whatever a workspace calls it."""

    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    HOLD = "hold"
    SOLVED = "solved"
    CLOSED = "closed"


UNSOLVED = (Category.NEW, Category.OPEN, Category.WAITING, Category.HOLD)


def may_move(before: Category, after: Category) -> bool:
    """Whether a ticket may go from one category to another: closed is final, and nothing becomes new again."""
    if before == after:
        return True
    return before != Category.CLOSED and after != Category.NEW


class Arrival(StrEnum):
    """What a customer's message does to the ticket it belongs to."""

    OPEN = "open"  # we owe an answer now: the ticket is open
    REOPEN = "reopen"  # the same, and it had been solved
    QUIET = "quiet"  # it joins and changes nothing
    FOLLOW_UP = "follow_up"  # too late: it starts a linked ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What matters about a message when it arrives."""

    at: datetime
    automatic: bool  # an out-of-office note, a notification, a bounce
    thanks: bool  # says no more than thank you
    held: bool = False  # from somebody who does not take part in the ticket


def arrival(category: Category, solved_at: datetime | None, message: Incoming, *, reopen_days: int) -> Arrival:
    """The rule of reopening.

    A reply reopens a solved ticket within `reopen_days` of its solving and starts a linked one after. Machines, bare
    thanks and strangers never reopen anything and never stop a clock.
    """
    if message.automatic or message.held:
        return Arrival.QUIET
    if category == Category.CLOSED:
        return Arrival.QUIET if message.thanks else Arrival.FOLLOW_UP
    if category == Category.SOLVED:
        if message.thanks:
            return Arrival.QUIET
        late = solved_at is not None and message.at - solved_at > timedelta(days=reopen_days)
        return Arrival.FOLLOW_UP if late else Arrival.REOPEN
    if message.thanks and category in (Category.WAITING, Category.HOLD):
        return Arrival.QUIET
    return Arrival.OPEN
