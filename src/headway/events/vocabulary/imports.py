"""What comes from other systems."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.event import Event
from headway.events.vocabulary.tickets import TicketEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketImported(TicketEvent):
    """An import brought the ticket with its past, or what came to it since (`again`).

    What happened before stands in the journal with its own times; those entries carry a source key. `entries`: how
    many there are.
    """

    kind: ClassVar[str] = "ticket.imported"
    entries: int = 0
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamAnswersElsewhere(Event):
    """A team answers what came from another system there; here it is only read. Team 0: tickets without one."""

    kind: ClassVar[str] = "team.answers_elsewhere"
    subject_kind: ClassVar[str] = "team"
    subject_id: int
    stay_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamAnswersHere(Event):
    """A team moved over: the tickets that came from another system are answered here from now on."""

    kind: ClassVar[str] = "team.answers_here"
    subject_kind: ClassVar[str] = "team"
    subject_id: int
    stay_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportStarted(Event):
    """Somebody began to bring in what another system holds."""

    kind: ClassVar[str] = "import.started"
    subject_kind: ClassVar[str] = "import"
    subject_id: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFinished(Event):
    """An import ended: done, failed, or stopped."""

    kind: ClassVar[str] = "import.finished"
    subject_kind: ClassVar[str] = "import"
    subject_id: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPrepared(Event):
    """Somebody began to upload an export, or named an old system to fetch from (`fetched`)."""

    kind: ClassVar[str] = "import.prepared"
    subject_kind: ClassVar[str] = "import"
    subject_id: int
    fetched: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportStopAsked(Event):
    """Somebody stopped an import; it ends behind the portion it is writing."""

    kind: ClassVar[str] = "import.stop_asked"
    subject_kind: ClassVar[str] = "import"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDiscarded(Event):
    """An upload, or the credentials of an old system, were deleted without (further) being brought in."""

    kind: ClassVar[str] = "import.discarded"
    subject_kind: ClassVar[str] = "import"
    subject_id: int
