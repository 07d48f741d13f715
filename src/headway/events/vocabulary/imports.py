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
    """An import ended: done, or failed."""

    kind: ClassVar[str] = "import.finished"
    subject_kind: ClassVar[str] = "import"
    subject_id: int
    state: str
