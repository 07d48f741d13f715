"""Problems and their incidents."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.vocabulary.tickets import TicketEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentAnswered(TicketEvent):
    """A ticket was answered together with the other incidents of a problem, by `message_id`."""

    kind: ClassVar[str] = "incident.answered"
    problem_id: int
    message_id: int
