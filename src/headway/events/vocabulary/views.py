"""What happens to saved views of the list. Names and filters stay in the store."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewSaved(Event):
    """Somebody saved a view: for themselves (own), a team, or everybody (all)."""

    kind: ClassVar[str] = "view.saved"
    subject_kind: ClassVar[str] = "view"
    subject_id: int
    audience: str
    team_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewChanged(Event):
    """A view has another name, audience, filters or sorting."""

    kind: ClassVar[str] = "view.changed"
    subject_kind: ClassVar[str] = "view"
    subject_id: int
    audience: str
    team_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewMoved(Event):
    """A view stands elsewhere among those of its audience."""

    kind: ClassVar[str] = "view.moved"
    subject_kind: ClassVar[str] = "view"
    subject_id: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewRemoved(Event):
    """A view was removed; its filters are kept, so that it can come back."""

    kind: ClassVar[str] = "view.removed"
    subject_kind: ClassVar[str] = "view"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewRestored(Event):
    """A removed view came back."""

    kind: ClassVar[str] = "view.restored"
    subject_kind: ClassVar[str] = "view"
    subject_id: int
