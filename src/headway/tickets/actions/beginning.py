"""What a new ticket takes from the database before it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from headway.foundation.rows import NextId, One, gather
from headway.tickets.actions.opening import default_of, there
from headway.tickets.models import Message, Status, Ticket
from headway.tickets.rules.transitions import Category

# To be gathered by whoever asks for something else in the same statement; see `begun`.
NEEDED: Final[tuple[One | NextId, ...]] = (default_of(Category.NEW), NextId(Ticket), NextId(Message))


@dataclass(frozen=True, slots=True)
class Beginning:
    """The status a ticket begins with, its number, and that of its first message."""

    status: Status
    ticket_id: int
    message_id: int


def begun(gathered: Sequence[Any]) -> Beginning:
    """What was gathered as NEEDED. Raises Conflict when there is no such status."""
    status, ticket_id, message_id = gathered
    return Beginning(there(status, Category.NEW), ticket_id, message_id)


def begin() -> Beginning:
    """The same by itself. One query."""
    return begun(gather(*NEEDED))
