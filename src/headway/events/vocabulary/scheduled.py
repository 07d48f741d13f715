"""Replies that wait for their time."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.vocabulary.tickets import TicketEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyScheduled(TicketEvent):
    """Somebody wrote a reply that leaves later. Nothing was sent and the ticket stands as before."""

    kind: ClassVar[str] = "reply.scheduled"
    scheduled_id: int
    due_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyRescheduled(TicketEvent):
    """The words or the time of a reply that waits were changed; its writer has seen what is new since."""

    kind: ClassVar[str] = "reply.rescheduled"
    scheduled_id: int
    due_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyUnscheduled(TicketEvent):
    """A reply that waited was stopped; it never left."""

    kind: ClassVar[str] = "reply.unscheduled"
    scheduled_id: int
    agent_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyHeldBack(TicketEvent):
    """The time of a reply came and it did not leave, for `reason`. Its writer, `agent_id`, has to look at it."""

    kind: ClassVar[str] = "reply.held_back"
    scheduled_id: int
    agent_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledReplySent(TicketEvent):
    """A reply that waited was written to the customer, as `message_id`; it goes its way like any other."""

    kind: ClassVar[str] = "reply.came_due"
    scheduled_id: int
    message_id: int
