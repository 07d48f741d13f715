"""Who does something."""

from dataclasses import dataclass
from typing import Literal, Self

ActorKind = Literal["customer", "agent", "automation", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """The doer of an action: kind, id where the kind has one, and for an agent the role held at this moment."""

    kind: ActorKind
    id: int | None = None
    role: str | None = None

    @classmethod
    def system(cls) -> Self:
        """The installation itself: schedules, imports, upgrades."""
        return cls("system")

    @classmethod
    def automation(cls, rule_id: int | None = None) -> Self:
        """A rule or an automated answer."""
        return cls("automation", rule_id)

    @classmethod
    def customer(cls, customer_id: int) -> Self:
        """A customer writing to us."""
        return cls("customer", customer_id)

    @classmethod
    def agent(cls, agent_id: int, role: str) -> Self:
        """A member of the support team, acting in a role."""
        return cls("agent", agent_id, role)
