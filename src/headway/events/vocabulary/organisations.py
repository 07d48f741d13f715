"""What happens to organisations."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationCreated(Event):
    """An organisation became known."""

    kind: ClassVar[str] = "organisation.created"
    subject_kind: ClassVar[str] = "organisation"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationChanged(Event):
    """An organisation's name, notes or domains changed."""

    kind: ClassVar[str] = "organisation.changed"
    subject_kind: ClassVar[str] = "organisation"
    subject_id: int
    fields: tuple[str, ...]
