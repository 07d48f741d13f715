"""The port every channel fits: what comes in is stored before it is acknowledged, what goes out has a result."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message as its source hands it over, not looked into yet.

    `key` names the delivery at its source for ever (for IMAP: account, folder, UIDVALIDITY, UID). `envelope` holds
    what only the source knows: {"from": address, "to": [addresses]}.
    """

    source: str
    key: str
    raw: bytes
    envelope: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one recipient of an outgoing message.

    `certain` False: the connection broke after the message was handed over, so it may have been taken.
    """

    address: str
    sent: bool
    reply: str = ""
    permanent: bool = False
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message ready to leave: the bytes that go on the wire, and the envelope."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes


class Source(Protocol):
    """A way in: a mailbox to fetch, a listener, a pipe.

    `arrivals` yields what is new; for each the caller stores it (`email.receiving.keep`), and only then calls
    `acknowledge`. A crash between the two hands the message over again, under the same key.
    """

    name: str

    def arrivals(self) -> Iterator[Arrival]: ...

    def acknowledge(self, arrivals: Sequence[Arrival]) -> None: ...


class Exit(Protocol):
    """A way out. Never raises for what a server says: that is an outcome, one for each recipient."""

    def send(self, message: Outgoing) -> list[Outcome]: ...
