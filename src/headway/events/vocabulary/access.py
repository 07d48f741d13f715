"""What happens to people's ways in."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanged(Event):
    """A person has a new password; their other sessions ended."""

    kind: ClassVar[str] = "agent.password_changed"
    subject_kind: ClassVar[str] = "agent"
    subject_id: int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorAdded(Event):
    """A person signs in with a second factor from now on."""

    kind: ClassVar[str] = "agent.second_factor_added"
    subject_kind: ClassVar[str] = "agent"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorRemoved(Event):
    """A person signs in with the password alone again."""

    kind: ClassVar[str] = "agent.second_factor_removed"
    subject_kind: ClassVar[str] = "agent"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodesRenewed(Event):
    """A person has new recovery codes; the old ones are worthless."""

    kind: ClassVar[str] = "agent.recovery_codes_renewed"
    subject_kind: ClassVar[str] = "agent"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInLocked(Event):
    """Too many wrong passwords: an account is locked for a while from one address. 0: there is no such account."""

    kind: ClassVar[str] = "agent.sign_in_locked"
    subject_kind: ClassVar[str] = "agent"
    subject_id: int
