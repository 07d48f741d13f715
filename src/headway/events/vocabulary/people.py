"""What happens to the team, its customers and its brands."""

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
class OrganisationCreated(Event):
    """An organisation became known."""

    kind: ClassVar[str] = "organisation.created"
    subject_kind: ClassVar[str] = "organisation"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationChanged(Event):
    """An organisation's name, notes or domains changed."""

    kind: ClassVar[str] = "organisation.changed"
    subject_kind: ClassVar[str] = "organisation"
    subject_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandCreated(Event):
    """A brand was added."""

    kind: ClassVar[str] = "brand.created"
    subject_kind: ClassVar[str] = "brand"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandChanged(Event):
    """A brand's name, look or addresses changed."""

    kind: ClassVar[str] = "brand.changed"
    subject_kind: ClassVar[str] = "brand"
    subject_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandArchived(Event):
    """A brand is not used any more; its tickets stay."""

    kind: ClassVar[str] = "brand.archived"
    subject_kind: ClassVar[str] = "brand"
    subject_id: int
