"""What happens to the people of the team."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentJoined(Event):
    """A person joined the team."""

    kind: ClassVar[str] = "agent.joined"
    subject_kind: ClassVar[str] = "agent"
    subject_id: int
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChanged(Event):
    """A person's role changed, and with it what they may do."""

    kind: ClassVar[str] = "agent.role_changed"
    subject_kind: ClassVar[str] = "agent"
    subject_id: int
    from_role: str
    to_role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeChanged(Event):
    """Which tickets a person may see changed."""

    kind: ClassVar[str] = "agent.scope_changed"
    subject_kind: ClassVar[str] = "agent"
    subject_id: int
    sees: str
    brand_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileChanged(Event):
    """A person's name, language or time zone changed."""

    kind: ClassVar[str] = "agent.profile_changed"
    subject_kind: ClassVar[str] = "agent"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HabitsChanged(Event):
    """A person chose other keys for the desk, or where to go after acting on a ticket."""

    kind: ClassVar[str] = "agent.habits_changed"
    subject_kind: ClassVar[str] = "agent"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureChanged(Event):
    """A person wrote another signature for under what they answer."""

    kind: ClassVar[str] = "agent.signature_changed"
    subject_kind: ClassVar[str] = "agent"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WentAway(Event):
    """A person is away for a while. `idle`: nobody touched their desk; otherwise they said so."""

    kind: ClassVar[str] = "agent.went_away"
    subject_kind: ClassVar[str] = "agent"
    subject_id: int
    idle: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack(Event):
    """A person who was away is here again. Who named a time is back at it without this."""

    kind: ClassVar[str] = "agent.came_back"
    subject_kind: ClassVar[str] = "agent"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentArchived(Event):
    """A person left; their name stays on what they did."""

    kind: ClassVar[str] = "agent.archived"
    subject_kind: ClassVar[str] = "agent"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentRestored(Event):
    """A person who had left came back."""

    kind: ClassVar[str] = "agent.restored"
    subject_kind: ClassVar[str] = "agent"
    subject_id: int
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(Event):
    """A person signed in."""

    kind: ClassVar[str] = "agent.signed_in"
    subject_kind: ClassVar[str] = "agent"
    subject_id: int
