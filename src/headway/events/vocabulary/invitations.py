"""What happens to invitations to the team."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentInvited(Event):
    """Somebody was invited to the team."""

    kind: ClassVar[str] = "invitation.created"
    subject_kind: ClassVar[str] = "invitation"
    subject_id: int
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationSent(Event):
    """The mail with the link left; nobody but the invited person has the secret any more."""

    kind: ClassVar[str] = "invitation.sent"
    subject_kind: ClassVar[str] = "invitation"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationAccepted(Event):
    """The invited person joined."""

    kind: ClassVar[str] = "invitation.accepted"
    subject_kind: ClassVar[str] = "invitation"
    subject_id: int
    agent_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRevoked(Event):
    """An invitation was taken back."""

    kind: ClassVar[str] = "invitation.revoked"
    subject_kind: ClassVar[str] = "invitation"
    subject_id: int
