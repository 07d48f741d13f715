"""All writes on tickets. Each is a verb: checked, atomic, journalled."""

from headway.tickets.actions.assignment import assign, set_team
from headway.tickets.actions.attention import clear, snooze, suspect, wake
from headway.tickets.actions.checklist import (
    add_items,
    do_item,
    move_item,
    remove_item,
    restore_item,
    reword_item,
    undo_item,
)
from headway.tickets.actions.creating import Opening, Suspicion, Words, open_ticket, write_first
from headway.tickets.actions.drafts import Typed, discard_draft, return_to_draft, save_draft, share_draft
from headway.tickets.actions.files import Attachment, stored
from headway.tickets.actions.linking import link, unlink
from headway.tickets.actions.macros import Recipe, archive_macro, save_macro, use_macro
from headway.tickets.actions.merging import merge, split
from headway.tickets.actions.messages import admit, note, receive, reply
from headway.tickets.actions.opening import unchanged
from headway.tickets.actions.properties import set_fields, set_priority, set_requester, set_subject, set_type
from headway.tickets.actions.rating import rate
from headway.tickets.actions.scheduling import reschedule, schedule, send_scheduled, unschedule
from headway.tickets.actions.sides import admit_side, answer_side, close_side, receive_side, reopen_side, start_side
from headway.tickets.actions.status import set_status
from headway.tickets.actions.tagging import tag, untag
from headway.tickets.actions.undoing import take_move_back
from headway.tickets.actions.withdrawing import withdraw

__all__ = [
    "Attachment",
    "Opening",
    "Recipe",
    "Suspicion",
    "Typed",
    "Words",
    "add_items",
    "admit",
    "admit_side",
    "answer_side",
    "archive_macro",
    "assign",
    "clear",
    "close_side",
    "discard_draft",
    "do_item",
    "link",
    "merge",
    "move_item",
    "note",
    "open_ticket",
    "rate",
    "receive",
    "receive_side",
    "remove_item",
    "reopen_side",
    "reply",
    "reschedule",
    "restore_item",
    "return_to_draft",
    "reword_item",
    "save_draft",
    "save_macro",
    "schedule",
    "send_scheduled",
    "set_fields",
    "set_priority",
    "set_requester",
    "set_status",
    "set_subject",
    "set_team",
    "set_type",
    "share_draft",
    "snooze",
    "split",
    "start_side",
    "stored",
    "suspect",
    "tag",
    "take_move_back",
    "unchanged",
    "undo_item",
    "unlink",
    "unschedule",
    "untag",
    "use_macro",
    "wake",
    "withdraw",
    "write_first",
]
