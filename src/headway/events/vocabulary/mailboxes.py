"""What happens to the ways in and out: mailboxes, hooks, and the addresses nothing is sent to."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxEvent(Event):
    """Something that happened to one mailbox."""

    subject_kind: ClassVar[str] = "mailbox"
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxConnected(MailboxEvent):
    """A mailbox was connected. `login` says how we sign in: password, microsoft or google."""

    kind: ClassVar[str] = "mailbox.connected"
    login: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxChanged(MailboxEvent):
    """How a mailbox is reached, or how its mails look, was changed. `fields` names what."""

    kind: ClassVar[str] = "mailbox.changed"
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxPaused(MailboxEvent):
    """Somebody stopped the fetching of a mailbox."""

    kind: ClassVar[str] = "mailbox.paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxResumed(MailboxEvent):
    """A paused mailbox is fetched again."""

    kind: ClassVar[str] = "mailbox.resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxArchived(MailboxEvent):
    """A mailbox was disconnected; its secrets were erased."""

    kind: ClassVar[str] = "mailbox.archived"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxFailed(MailboxEvent):
    """A mailbox cannot be read or written by any more. `way` is in or out; `failure` is a word such as refused."""

    kind: ClassVar[str] = "mailbox.failed"
    way: str
    failure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxRecovered(MailboxEvent):
    """A mailbox that had failed works again. `way` is in or out."""

    kind: ClassVar[str] = "mailbox.recovered"
    way: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxTested(MailboxEvent):
    """A mailbox sent itself a mail. `result` is arrived or failed."""

    kind: ClassVar[str] = "mailbox.tested"
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxGranted(MailboxEvent):
    """Its owner signed in at the provider and let us read and send."""

    kind: ClassVar[str] = "mailbox.granted"
    provider: str


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRegistered(Event):
    """Our registration at Microsoft or Google was entered or changed."""

    kind: ClassVar[str] = "provider.registered"
    subject_kind: ClassVar[str] = "provider"
    subject_id: int


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
