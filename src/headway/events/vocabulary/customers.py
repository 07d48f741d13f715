"""What happens to customers and the ways to recognise them."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerCreated(Event):
    """A customer became known."""

    kind: ClassVar[str] = "customer.created"
    subject_kind: ClassVar[str] = "customer"
    subject_id: int
    channel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerChanged(Event):
    """A customer's details changed. Values stay out of the journal."""

    kind: ClassVar[str] = "customer.changed"
    subject_kind: ClassVar[str] = "customer"
    subject_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityAdded(Event):
    """A customer can be reached or recognised in one more way."""

    kind: ClassVar[str] = "customer.identity_added"
    subject_kind: ClassVar[str] = "customer"
    subject_id: int
    identity_id: int
    identity_kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityVerified(Event):
    """An address, number or id was shown to be the customer's own."""

    kind: ClassVar[str] = "customer.identity_verified"
    subject_kind: ClassVar[str] = "customer"
    subject_id: int
    identity_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityMarked(Event):
    """Mail to an address of a customer fails, or works again. `trouble` is bounced, complained, asked or empty."""

    kind: ClassVar[str] = "customer.identity_marked"
    subject_kind: ClassVar[str] = "customer"
    subject_id: int
    identity_id: int
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRemoved(Event):
    """One way of reaching a customer was removed."""

    kind: ClassVar[str] = "customer.identity_removed"
    subject_kind: ClassVar[str] = "customer"
    subject_id: int
    identity_id: int
    identity_kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomersMerged(Event):
    """Two records of one customer became one. Carries what it takes to part them again."""

    kind: ClassVar[str] = "customer.merged"
    subject_kind: ClassVar[str] = "customer"
    subject_id: int
    into_id: int
    identity_ids: tuple[int, ...] = ()
    # what the lasting record took over because it had none itself
    taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomersParted(Event):
    """A merge of two customers was taken back."""

    kind: ClassVar[str] = "customer.parted"
    subject_kind: ClassVar[str] = "customer"
    subject_id: int
    from_id: int
    merge_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerErased(Event):
    """What was kept about a customer was erased; the empty record stays."""

    kind: ClassVar[str] = "customer.erased"
    subject_kind: ClassVar[str] = "customer"
    subject_id: int
