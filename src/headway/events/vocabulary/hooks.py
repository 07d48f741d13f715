"""What happens to the addresses at which providers hand in mails."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class HookEvent(Event):
    """Something that happened to an address at which a provider hands in mails."""

    subject_kind: ClassVar[str] = "hook"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HookAdded(HookEvent):
    """A provider may hand in mails. `provider` is mailgun, ses or postmark."""

    kind: ClassVar[str] = "hook.added"
    provider: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HookChanged(HookEvent):
    """What a hook asks of its caller was changed. `fields` names what."""

    kind: ClassVar[str] = "hook.changed"
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HookAsked(HookEvent):
    """Amazon's topic asks whether it may hand in mails. Nothing comes until an administrator confirms."""

    kind: ClassVar[str] = "hook.asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class HookConfirmed(HookEvent):
    """An administrator agreed that the topic hands in mails."""

    kind: ClassVar[str] = "hook.confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class HookArchived(HookEvent):
    """A hook takes nothing any more."""

    kind: ClassVar[str] = "hook.archived"
