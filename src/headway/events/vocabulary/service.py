"""What happens to service levels."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.event import Event
from headway.events.vocabulary.tickets import TicketEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetsChanged(Event):
    """Business hours, holidays or targets changed; the subject is the new edition of all of them."""

    kind: ClassVar[str] = "service.targets_changed"
    subject_kind: ClassVar[str] = "edition"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetMissed(TicketEvent):
    """A response was due (milliseconds since 1970) and did not come. Recorded once for each promise."""

    kind: ClassVar[str] = "ticket.target_missed"
    promise: str
    due_ms: int
