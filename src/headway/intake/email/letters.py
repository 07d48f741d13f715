"""What the queue of mail carries: a message to a customer, or one of a side conversation. Where the two differ."""

from typing import Any

from headway.events.event import Event
from headway.events.vocabulary.messages import ReplyFailed, ReplySent
from headway.events.vocabulary.sidemails import SideFailed, SideSent
from headway.intake.models import Delivery
from headway.tickets.models import Message, SideMessage

Letter = Message | SideMessage


def of(delivery: Delivery) -> Letter:
    """What is on its way there."""
    letter = delivery.message or delivery.side
    assert letter is not None
    return letter


def named(letter: Letter) -> dict[str, Any]:
    """How rows of the queue name it: columns and values."""
    return {"side": letter} if isinstance(letter, SideMessage) else {"message": letter}


def mark(letter: Letter) -> str:
    """What its Message-ID begins with, after "hw."."""
    return f"s{letter.pk}" if isinstance(letter, SideMessage) else str(letter.pk)


def copied(letter: Letter, number: int) -> bool:
    """Whether its reader of this number gets a copy; the people of a side conversation are all written to."""
    return number > 0 and isinstance(letter, Message)


def sent(letter: Letter) -> Event:
    """The event of its having been taken for everybody."""
    if isinstance(letter, SideMessage):
        return SideSent(ticket_id=letter.ticket_id, side_id=letter.side_id, message_id=letter.pk)
    return ReplySent(ticket_id=letter.ticket_id, message_id=letter.pk)


def failed(letter: Letter, reason: str) -> Event:
    """The event of its not having reached somebody."""
    if isinstance(letter, SideMessage):
        return SideFailed(ticket_id=letter.ticket_id, side_id=letter.side_id, message_id=letter.pk, reason=reason)
    return ReplyFailed(ticket_id=letter.ticket_id, message_id=letter.pk, reason=reason)
