"""What happens in the name of privacy."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldPlaced(Event):
    """Law or contract keeps a customer's data, or one ticket, from being erased."""

    kind: ClassVar[str] = "hold.placed"
    subject_kind: ClassVar[str] = "hold"
    subject_id: int
    customer_id: int | None = None
    held_ticket_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLifted(Event):
    """A hold was lifted before its time."""

    kind: ClassVar[str] = "hold.lifted"
    subject_kind: ClassVar[str] = "hold"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureBegun(Event):
    """Somebody asked for a customer to be erased."""

    kind: ClassVar[str] = "erasure.begun"
    subject_kind: ClassVar[str] = "erasure"
    subject_id: int
    customer_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureStopped(Event):
    """An erasure was stopped on its way; what went before stays gone."""

    kind: ClassVar[str] = "erasure.stopped"
    subject_kind: ClassVar[str] = "erasure"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureResumed(Event):
    """A stopped erasure goes on, or one that waited for a hold to end."""

    kind: ClassVar[str] = "erasure.resumed"
    subject_kind: ClassVar[str] = "erasure"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureFinished(Event):
    """A customer was erased: how many tickets went whole, how many stay without them, how many a hold keeps."""

    kind: ClassVar[str] = "erasure.finished"
    subject_kind: ClassVar[str] = "erasure"
    subject_id: int
    removed: int
    redacted: int
    held: int
    mails: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportAsked(Event):
    """Somebody asked for all of a customer's data."""

    kind: ClassVar[str] = "export.asked"
    subject_kind: ClassVar[str] = "export"
    subject_id: int
    customer_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReady(Event):
    """A customer's archive is ready to be fetched."""

    kind: ClassVar[str] = "export.ready"
    subject_kind: ClassVar[str] = "export"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFetched(Event):
    """Somebody fetched a customer's archive."""

    kind: ClassVar[str] = "export.fetched"
    subject_kind: ClassVar[str] = "export"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportExpired(Event):
    """A customer's archive was deleted: its time was up, or the customer was erased."""

    kind: ClassVar[str] = "export.expired"
    subject_kind: ClassVar[str] = "export"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionChanged(Event):
    """A rule of how long things are kept was made, changed, switched on or off, or archived."""

    kind: ClassVar[str] = "retention.changed"
    subject_kind: ClassVar[str] = "retention"
    subject_id: int
    scope: str
    days: int
    enabled: bool = False
    archived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRan(Event):
    """A rule erased what was older than it says; `held` would have gone, but for a hold."""

    kind: ClassVar[str] = "retention.ran"
    subject_kind: ClassVar[str] = "retention"
    subject_id: int
    erased: int
    held: int
