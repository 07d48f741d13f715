"""All reads of tickets. Every one starts at `visible_to`."""

from headway.tickets.queries.conversation import Conversation, conversation, conversation_of
from headway.tickets.queries.detail import Detail, detail, detail_after, detail_of
from headway.tickets.queries.filters import Filter
from headway.tickets.queries.listing import ListRow, listing, tally
from headway.tickets.queries.search import search
from headway.tickets.queries.visibility import (
    fresh,
    message_for,
    note_for,
    standing,
    ticket_for,
    version_of,
    visible_to,
)

__all__ = [
    "Conversation",
    "Detail",
    "Filter",
    "ListRow",
    "conversation",
    "conversation_of",
    "detail",
    "detail_after",
    "detail_of",
    "fresh",
    "listing",
    "message_for",
    "note_for",
    "search",
    "standing",
    "tally",
    "ticket_for",
    "version_of",
    "visible_to",
]
