"""What is said on tickets."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.vocabulary.tickets import TicketEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageReceived(TicketEvent):
    """A customer's message joined a ticket.

    `automatic`: sent by a machine (out of office, notification). `thanks`: says no more than thank you.
    `held`: from somebody not admitted to the ticket yet. `first`: it began the ticket.
    """

    kind: ClassVar[str] = "message.received"
    message_id: int
    channel: str
    customer_id: int | None = None
    automatic: bool = False
    thanks: bool = False
    first: bool = False
    held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyWritten(TicketEvent):
    """We answered the customer. The message waits in its channel's queue."""

    kind: ClassVar[str] = "message.written"
    message_id: int
    channel: str
    automatic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySent(TicketEvent):
    """The channel's server took the answer."""

    kind: ClassVar[str] = "message.sent"
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyFailed(TicketEvent):
    """The answer could not be delivered and will not be tried again by itself."""

    kind: ClassVar[str] = "message.failed"
    message_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten(TicketEvent):
    """Somebody of the team wrote a private note, and called these people and teams by it."""

    kind: ClassVar[str] = "note.written"
    note_id: int
    agent_ids: tuple[int, ...] = ()
    team_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageAdmitted(TicketEvent):
    """A held message was admitted to the ticket."""

    kind: ClassVar[str] = "message.admitted"
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftShared(TicketEvent):
    """Somebody shows what they are writing to everybody who sees the ticket."""

    kind: ClassVar[str] = "draft.shared"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftKept(TicketEvent):
    """Somebody shows what they are writing to nobody any more."""

    kind: ClassVar[str] = "draft.kept"
