"""What a provider's call says, and why one is refused."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Reason(StrEnum):
    """Why a call was refused. Kept on the hook for the administrator, so nothing of the call itself is in it."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    UNSIGNED = "unsigned"  # what a signed call carries is missing
    SIGNATURE = "signature"
    STALE = "stale"
    REPLAYED = "replayed"
    PASSWORD = "password"  # noqa: S105 - a word for people
    TOPIC = "topic"
    CERTIFICATE = "certificate"  # not Amazon's, or not good
    UNREACHABLE = "unreachable"  # the certificate cannot be had now
    NO_MAIL = "no_mail"  # signed, without the raw mail
    STORED_ELSEWHERE = "stored_elsewhere"  # Amazon put the mail into S3 and sent its place


class Refused(Exception):
    """The call is not taken."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Call:
    """A request as it came: its body whole, its Content-Type and Authorization, and when."""

    body: bytes
    content_type: str
    authorization: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Handed:
    """A mail from a verified call. `key` is the provider's own name for the delivery."""

    key: str
    raw: bytes
    envelope: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A topic asks whether it may send. Who agrees opens `url`."""

    url: str


def envelope(sender: object, recipients: object) -> dict[str, object]:
    """The envelope out of whatever a provider wrote there: what is no address is left out."""
    found: dict[str, object] = {}
    if isinstance(sender, str) and sender.strip():
        found["from"] = sender.strip()[:_MOST_ADDRESS]
    written = recipients if isinstance(recipients, list | tuple) else [recipients]
    to = [one.strip()[:_MOST_ADDRESS] for one in written if isinstance(one, str) and one.strip()]
    if to:
        found["to"] = to[:_MOST_RECIPIENTS]
    return found


_MOST_ADDRESS = 320
_MOST_RECIPIENTS = 100
