"""What happens to teams."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamCreated(Event):
    """A team was formed."""

    kind: ClassVar[str] = "team.created"
    subject_kind: ClassVar[str] = "team"
    subject_id: int
    tier: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamUpdated(Event):
    """A team's name or tier changed."""

    kind: ClassVar[str] = "team.changed"
    subject_kind: ClassVar[str] = "team"
    subject_id: int
    tier: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamArchived(Event):
    """A team was dissolved; its past stays."""

    kind: ClassVar[str] = "team.archived"
    subject_kind: ClassVar[str] = "team"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersChanged(Event):
    """People joined or left a team."""

    kind: ClassVar[str] = "team.members_changed"
    subject_kind: ClassVar[str] = "team"
    subject_id: int
    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRestored(Event):
    """A dissolved team is formed again, with the members it had."""

    kind: ClassVar[str] = "team.restored"
    subject_kind: ClassVar[str] = "team"
    subject_id: int
