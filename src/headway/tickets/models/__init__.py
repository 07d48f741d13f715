"""The store of tickets."""

from headway.tickets.models.conversation import Message, MessageFile, Note, NoteFile
from headway.tickets.models.links import Link, Rating
from headway.tickets.models.macros import Macro
from headway.tickets.models.search import SearchEntry
from headway.tickets.models.setup import Field, Status, Tag, TicketType
from headway.tickets.models.ticket import Tagging, Ticket

__all__ = [
    "Field",
    "Link",
    "Message",
    "Macro",
    "MessageFile",
    "Note",
    "NoteFile",
    "Rating",
    "SearchEntry",
    "Status",
    "Tag",
    "Tagging",
    "Ticket",
    "TicketType",
]
