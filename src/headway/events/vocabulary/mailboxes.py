"""What happens to the mailboxes we read and write by, and to our registrations at providers."""

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
class ProviderRegistered(Event):
    """Our registration at Microsoft or Google was entered or changed."""

    kind: ClassVar[str] = "provider.registered"
    subject_kind: ClassVar[str] = "provider"
    subject_id: int
