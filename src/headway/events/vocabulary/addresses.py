"""What happens to the addresses nothing is sent to."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressSuppressed(Event):
    """Nothing is sent to an address any more. `reason` is bounced, complained or asked."""

    kind: ClassVar[str] = "address.suppressed"
    subject_kind: ClassVar[str] = "suppression"
    subject_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressRestored(Event):
    """An address is written to again."""

    kind: ClassVar[str] = "address.restored"
    subject_kind: ClassVar[str] = "suppression"
    subject_id: int
