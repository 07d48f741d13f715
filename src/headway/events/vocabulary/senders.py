"""What happens to the rules about senders."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderRuleMade(Event):
    """Mail of a sender is suspected spam from now on, or never is.

    `verdict`: suspect or allow. `origin`: marked, restored, several or added. `about`: address or domain.
    `from_ticket`: the one it was learned from.
    """

    kind: ClassVar[str] = "sender_rule.made"
    subject_kind: ClassVar[str] = "sender_rule"
    subject_id: int
    verdict: str
    origin: str
    about: str
    from_ticket: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderRuleRemoved(Event):
    """A rule about a sender holds no more. `reason`: removed, restored, replaced or fewer."""

    kind: ClassVar[str] = "sender_rule.removed"
    subject_kind: ClassVar[str] = "sender_rule"
    subject_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderRulePutBack(Event):
    """A rule about a sender that was removed holds again."""

    kind: ClassVar[str] = "sender_rule.put_back"
    subject_kind: ClassVar[str] = "sender_rule"
    subject_id: int
