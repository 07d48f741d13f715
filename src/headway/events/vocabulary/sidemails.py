"""What is said in side conversations, by mail."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.vocabulary.sides import SideEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class SideWritten(SideEvent):
    """We wrote in a side conversation. The message waits in the queue of mail."""

    kind: ClassVar[str] = "side.written"
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SideAnswered(SideEvent):
    """An answer came in a side conversation. `assignee_id` is whose ticket it is about, who should know.

    `automatic`: sent by a machine. `held`: from somebody who was not written to.
    """

    kind: ClassVar[str] = "side.answered"
    message_id: int
    assignee_id: int | None = None
    automatic: bool = False
    held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SideSent(SideEvent):
    """The server took a message of a side conversation, for everybody it went to."""

    kind: ClassVar[str] = "side.sent"
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SideFailed(SideEvent):
    """A message of a side conversation could not be delivered to somebody and will not be tried again by itself."""

    kind: ClassVar[str] = "side.failed"
    message_id: int
    reason: str
