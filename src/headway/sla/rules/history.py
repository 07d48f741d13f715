"""From a ticket's journal to the facts its clock is made of."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from headway.events.event import Event, Recorded
from headway.events.vocabulary.messages import MessageAdmitted, MessageReceived, ReplyWritten
from headway.events.vocabulary.tickets import (
    PriorityChanged,
    StatusChanged,
    TicketAbsorbed,
    TicketCreated,
    TicketMerged,
    TicketSplit,
)
from headway.sla.rules.clocks import (
    Absorbed,
    Fact,
    Governed,
    MergedAway,
    Moved,
    Parted,
    Prioritised,
    Replied,
    Wrote,
)
from headway.sla.rules.targets import Policy

Story = Sequence[Recorded[Event]]
Stories = Mapping[int, Story]


def facts(ticket_id: int, stories: Stories, editions: Sequence[tuple[datetime, Policy]]) -> list[Fact]:
    """What the ticket's clock is a function of: its story, those of tickets merged into it, and the policies.

    `stories` holds the journal of the ticket and of every ticket it absorbed or was split from, by id; `editions` the
    policies in order with when each came into force. The first of them governs everything before it too.
    """
    story = stories.get(ticket_id, ())
    if not story:
        return []
    return [*_governing(story[0].at, editions), *_told(ticket_id, story, stories, editions)]


def _governing(start: datetime, editions: Sequence[tuple[datetime, Policy]]) -> list[Fact]:
    before = [policy for at, policy in editions if at <= start] or [policy for _at, policy in editions[:1]]
    return [
        *(Governed(start, policy) for policy in before[-1:]),
        *(Governed(at, policy) for at, policy in editions if at > start),
    ]


def _told(ticket_id: int, story: Story, stories: Stories, editions: Sequence[tuple[datetime, Policy]]) -> list[Fact]:
    told: list[Fact] = []
    held: dict[int, str] = {}
    undone = {number for entry in story for number in getattr(entry.event, "undone_ids", ())}
    for entry in story:
        at = entry.at
        match entry.event:
            case _ if entry.id in undone:
                pass
            case StatusChanged(reason="undo"):
                pass
            case TicketCreated(priority=priority, channel=channel, split_from=source):
                told.append(Prioritised(at, priority))
                if source is not None:
                    told.append(Moved(at, "open"))
                    told += _split_off(ticket_id, channel, stories.get(source, ()))
            case MessageReceived(held=True, message_id=message, channel=channel):
                held[message] = channel
            case MessageReceived(automatic=False, thanks=False, message_id=message, channel=channel):
                told.append(Wrote(at, channel, message))
            case MessageAdmitted(message_id=message):
                told.append(Wrote(at, held.get(message, ""), message))
            case ReplyWritten(automatic=False):
                told.append(Replied(at))
            case StatusChanged(to_category=category):
                told.append(Moved(at, category))
            case PriorityChanged(to_priority=priority):
                told.append(Prioritised(at, priority))
            case TicketSplit(message_ids=messages):
                told.append(Parted(at, messages))
            case TicketAbsorbed(merged_id=other):
                told.append(Absorbed(at, tuple(facts(other, stories, editions))))
            case TicketMerged():
                told.append(MergedAway(at))
            case _:
                pass
    return told


def _split_off(ticket_id: int, channel: str, source: Story) -> list[Fact]:
    """What the new ticket owes for the messages it took along, from the moment of the split: its clock starts there."""
    part = next((e for e in source if isinstance(e.event, TicketSplit) and e.event.new_id == ticket_id), None)
    if part is None or not isinstance(part.event, TicketSplit):
        return []
    taken = part.event.message_ids
    owed: list[int] = []
    for entry in source:
        match entry.event:
            case MessageReceived(message_id=message, automatic=False, thanks=False, held=False) if message in taken:
                owed.append(message)
            case ReplyWritten(message_id=message, automatic=False) if message in taken:
                owed.clear()
            case _:
                pass
    return [Wrote(part.at, channel, message) for message in owed]
