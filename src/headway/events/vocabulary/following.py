"""Who follows tickets, and how people want to hear of what happens on them."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.event import Event
from headway.events.vocabulary.tickets import TicketEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFollowed(TicketEvent):
    """Somebody follows the ticket: by hand, or because they were assigned or mentioned, replied, noted, or followed one
    that was merged into it."""

    kind: ClassVar[str] = "ticket.followed"
    agent_id: int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketUnfollowed(TicketEvent):
    """Somebody follows the ticket no more."""

    kind: ClassVar[str] = "ticket.unfollowed"
    agent_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationsChosen(Event):
    """A person chose how to hear of what, and what makes them follow a ticket."""

    kind: ClassVar[str] = "agent.notifications_chosen"
    subject_kind: ClassVar[str] = "agent"
    subject_id: int
