"""The store of tickets."""

from headway.tickets.models.checklist import ChecklistItem
from headway.tickets.models.conversation import Message, MessageFile, Note, NoteFile
from headway.tickets.models.drafts import Draft
from headway.tickets.models.links import Link, Rating
from headway.tickets.models.macros import Macro
from headway.tickets.models.mentions import Mention
from headway.tickets.models.origins import Origin
from headway.tickets.models.readings import Reading
from headway.tickets.models.scheduled import Scheduled, ScheduledFile
from headway.tickets.models.search import SearchEntry
from headway.tickets.models.setup import Field, Status, Tag, TicketType
from headway.tickets.models.sidemessages import SideFile, SideMessage
from headway.tickets.models.sides import SideConversation
from headway.tickets.models.stays import Stay
from headway.tickets.models.ticket import Tagging, Ticket
from headway.tickets.models.views import SavedView
from headway.tickets.models.work import Stretch

__all__ = [
    "ChecklistItem",
    "Draft",
    "Field",
    "Link",
    "Macro",
    "Mention",
    "Message",
    "MessageFile",
    "Note",
    "NoteFile",
    "Origin",
    "Rating",
    "Reading",
    "SavedView",
    "Scheduled",
    "ScheduledFile",
    "SearchEntry",
    "SideConversation",
    "SideFile",
    "SideMessage",
    "Status",
    "Stay",
    "Stretch",
    "Tag",
    "Tagging",
    "Ticket",
    "TicketType",
]
