"""What an administrator changes about the workspace."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsChanged(Event):
    """An administrator changed settings of the workspace."""

    kind: ClassVar[str] = "workspace.settings_changed"
    subject_kind: ClassVar[str] = "workspace"
    subject_id: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceHeld(Event):
    """Nothing leaves the workspace until an administrator releases it."""

    kind: ClassVar[str] = "workspace.held"
    subject_kind: ClassVar[str] = "workspace"
    subject_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceReleased(Event):
    """An administrator let the workspace send and fetch again."""

    kind: ClassVar[str] = "workspace.released"
    subject_kind: ClassVar[str] = "workspace"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusDefined(Event):
    """A status was added or renamed."""

    kind: ClassVar[str] = "status.defined"
    subject_kind: ClassVar[str] = "status"
    subject_id: int
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusArchived(Event):
    """A status is not offered any more."""

    kind: ClassVar[str] = "status.archived"
    subject_kind: ClassVar[str] = "status"
    subject_id: int
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRestored(Event):
    """A status is offered again."""

    kind: ClassVar[str] = "status.restored"
    subject_kind: ClassVar[str] = "status"
    subject_id: int
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeDefined(Event):
    """A ticket type was added or changed."""

    kind: ClassVar[str] = "type.defined"
    subject_kind: ClassVar[str] = "type"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeArchived(Event):
    """A ticket type is not offered any more."""

    kind: ClassVar[str] = "type.archived"
    subject_kind: ClassVar[str] = "type"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeRestored(Event):
    """A ticket type is offered again."""

    kind: ClassVar[str] = "type.restored"
    subject_kind: ClassVar[str] = "type"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDefined(Event):
    """A custom field was added or changed."""

    kind: ClassVar[str] = "field.defined"
    subject_kind: ClassVar[str] = "field"
    subject_id: int
    field_kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldArchived(Event):
    """A custom field is not asked for any more."""

    kind: ClassVar[str] = "field.archived"
    subject_kind: ClassVar[str] = "field"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRestored(Event):
    """A custom field is asked for again."""

    kind: ClassVar[str] = "field.restored"
    subject_kind: ClassVar[str] = "field"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleDataAsked(Event):
    """Somebody at the desk asked for sample data, or for its removal."""

    kind: ClassVar[str] = "workspace.sample_asked"
    subject_kind: ClassVar[str] = "workspace"
    subject_id: int
    run_id: int
    removal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleDataAdded(Event):
    """Sample data was put into the workspace."""

    kind: ClassVar[str] = "workspace.sample_added"
    subject_kind: ClassVar[str] = "workspace"
    subject_id: int
    tickets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleDataRemoved(Event):
    """The sample data was removed."""

    kind: ClassVar[str] = "workspace.sample_removed"
    subject_kind: ClassVar[str] = "workspace"
    subject_id: int
    tickets: int
