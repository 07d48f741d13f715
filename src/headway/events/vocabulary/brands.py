"""What happens to brands."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandCreated(Event):
    """A brand was added."""

    kind: ClassVar[str] = "brand.created"
    subject_kind: ClassVar[str] = "brand"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandChanged(Event):
    """A brand's name, look or addresses changed."""

    kind: ClassVar[str] = "brand.changed"
    subject_kind: ClassVar[str] = "brand"
    subject_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandArchived(Event):
    """A brand is not used any more; its tickets stay."""

    kind: ClassVar[str] = "brand.archived"
    subject_kind: ClassVar[str] = "brand"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandRestored(Event):
    """An archived brand is used again."""

    kind: ClassVar[str] = "brand.restored"
    subject_kind: ClassVar[str] = "brand"
    subject_id: int
