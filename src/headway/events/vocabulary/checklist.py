"""What happens to the list of things to do on a ticket. Their words stay on the ticket."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.vocabulary.tickets import TicketEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsAdded(TicketEvent):
    """Things to do were put on the ticket's list, by hand, by a program or by a macro."""

    kind: ClassVar[str] = "checklist.added"
    item_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDone(TicketEvent):
    """An item of the ticket's list was ticked off."""

    kind: ClassVar[str] = "checklist.done"
    item_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemUndone(TicketEvent):
    """An item that was ticked off is to be done again."""

    kind: ClassVar[str] = "checklist.undone"
    item_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemReworded(TicketEvent):
    """An item of the ticket's list says something else."""

    kind: ClassVar[str] = "checklist.reworded"
    item_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemMoved(TicketEvent):
    """An item took another place on the ticket's list, counted from 1."""

    kind: ClassVar[str] = "checklist.moved"
    item_id: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRemoved(TicketEvent):
    """An item was taken off the ticket's list."""

    kind: ClassVar[str] = "checklist.removed"
    item_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRestored(TicketEvent):
    """An item that was taken off stands on the ticket's list again."""

    kind: ClassVar[str] = "checklist.restored"
    item_id: int
