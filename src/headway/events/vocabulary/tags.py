"""What happens to the words put on tickets."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TagCreated(Event):
    """A tag was used for the first time."""

    kind: ClassVar[str] = "tag.created"
    subject_kind: ClassVar[str] = "tag"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRenamed(Event):
    """A tag is written in another way. Its tickets, macros and views go on with it."""

    kind: ClassVar[str] = "tag.renamed"
    subject_kind: ClassVar[str] = "tag"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TagMerged(Event):
    """A tag became one with another: its tickets carry that one now, and so does whoever writes the old word."""

    kind: ClassVar[str] = "tag.merged"
    subject_kind: ClassVar[str] = "tag"
    subject_id: int
    into_id: int
    tickets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TagArchived(Event):
    """A tag is not offered any more; the tickets that carry it keep it."""

    kind: ClassVar[str] = "tag.archived"
    subject_kind: ClassVar[str] = "tag"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRestored(Event):
    """An archived tag is offered again, by an administrator or because somebody wrote it."""

    kind: ClassVar[str] = "tag.restored"
    subject_kind: ClassVar[str] = "tag"
    subject_id: int
