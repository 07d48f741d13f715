"""What happens to the journal itself."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesErased(Event):
    """Journal entries were deleted for privacy, retention, or because they were sample data."""

    kind: ClassVar[str] = "journal.erased"
    subject_kind: ClassVar[str] = "journal"
    subject_id: int = 0
    entries: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionsReset(Event):
    """The workspace came from another database cluster, so the journal's transaction ids began anew."""

    kind: ClassVar[str] = "journal.reset"
    subject_kind: ClassVar[str] = "journal"
    subject_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LakeBegun(Event):
    """The event lake began anew, from the journal's first entry: `reason` is asked, restored or lost."""

    kind: ClassVar[str] = "journal.lake_begun"
    subject_kind: ClassVar[str] = "journal"
    subject_id: int = 0
    reason: str
