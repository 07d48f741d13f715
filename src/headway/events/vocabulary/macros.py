"""What becomes of prepared answers."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.event import Event
from headway.events.vocabulary.tickets import TicketEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class MacroDefined(Event):
    """A macro was written or changed. `personal`: only its writer uses it; without `team_id` it is everybody's."""

    kind: ClassVar[str] = "macro.defined"
    subject_kind: ClassVar[str] = "macro"
    subject_id: int
    team_id: int | None = None
    personal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MacroArchived(Event):
    """A macro is not offered any more."""

    kind: ClassVar[str] = "macro.archived"
    subject_kind: ClassVar[str] = "macro"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MacroUsed(TicketEvent):
    """Somebody used a macro on a ticket. What it changed stands beside it; its words are not sent by this."""

    kind: ClassVar[str] = "ticket.macro_used"
    macro_id: int
