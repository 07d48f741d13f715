"""What happens to mails before they are messages, and to answers before they have left."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.event import Event
from headway.events.vocabulary.tickets import TicketEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class MailEvent(Event):
    """Something that happened to one raw mail."""

    subject_kind: ClassVar[str] = "mail"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MailQuarantined(MailEvent):
    """A mail could not be processed. It is kept with its bytes and the reason, for an administrator to decide."""

    kind: ClassVar[str] = "mail.quarantined"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRequeued(MailEvent):
    """A quarantined mail is processed once more."""

    kind: ClassVar[str] = "mail.requeued"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDiscarded(MailEvent):
    """A quarantined mail was given up; its bytes are erased."""

    kind: ClassVar[str] = "mail.discarded"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyTakenBack(TicketEvent):
    """An answer was stopped before it left, and what it had done to its ticket was undone.

    `undone_ids`: the entries of the journal that count no more: that it was written, and how it moved the ticket. The
    move back is a status change with the reason "undo".
    """

    kind: ClassVar[str] = "message.taken_back"
    message_id: int
    undone_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyRequeued(TicketEvent):
    """An answer that had failed is sent once more."""

    kind: ClassVar[str] = "message.requeued"
    message_id: int
