"""Side conversations: with suppliers and engineers, beside the ticket and its customer."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.vocabulary.tickets import TicketEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class SideEvent(TicketEvent):
    """Something that happened in a side conversation of a ticket. No clock of the ticket heeds it."""

    side_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SideStarted(SideEvent):
    """Somebody began a side conversation with `people` addresses."""

    kind: ClassVar[str] = "side.started"
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SideAdmitted(SideEvent):
    """A held message was let into a side conversation; its writer takes part from now on."""

    kind: ClassVar[str] = "side.admitted"
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SideClosed(SideEvent):
    """A side conversation is over. An answer opens it again."""

    kind: ClassVar[str] = "side.closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SideReopened(SideEvent):
    """A side conversation goes on, by hand or by an answer."""

    kind: ClassVar[str] = "side.reopened"
