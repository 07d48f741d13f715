"""What happens to the tokens by which programs act."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenIssued(Event):
    """An API token was made."""

    kind: ClassVar[str] = "token.issued"
    subject_kind: ClassVar[str] = "token"
    subject_id: int
    agent_id: int
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRevoked(Event):
    """An API token was taken back."""

    kind: ClassVar[str] = "token.revoked"
    subject_kind: ClassVar[str] = "token"
    subject_id: int
    agent_id: int
