"""What one mail says, read once: plain frozen rows that travel between processes as msgpack."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox: the decoded display name and the address as written (domain in lower case)."""

    name: str
    email: str

    @property
    def key(self) -> str:
        """The form under which two spellings of one address are the same."""
        return self.email.casefold()


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of a mail. Its bytes are either `content` or the part `start:end` of the raw mail, still encoded.

    `encoding` is "base64", "quoted-printable" or "" (as it stands); `size` counts decoded bytes.
    `inline` says that the HTML shows it by `content_id`. `source` names where it came from when it is not a MIME part.
    """

    name: str
    type: str
    size: int
    start: int = 0
    end: int = 0
    encoding: str = ""
    content: bytes | None = None
    content_id: str = ""
    inline: bool = False
    source: str = "part"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of a mail about how it was sent; what they mean is decided in `loops`."""

    auto_submitted: str = ""
    precedence: str = ""
    list_id: str = ""
    list_unsubscribe: bool = False
    auto_response_suppress: str = ""
    autoreply: bool = False
    feedback_id: bool = False
    null_return_path: bool = False
    mailer: str = ""


@dataclass(frozen=True, slots=True)
class FailedRecipient:
    """One recipient a report speaks of. `kind` is "hard", "soft", "delayed", "delivered" or "unknown"."""

    email: str
    status: str = ""
    action: str = ""
    kind: str = "unknown"
    reason: str = ""
    diagnostic: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A mail about another mail. `kind` is "bounce" (delays and delivery reports included), "complaint" or
    "receipt" (a mail was read or deleted). `standard` says that it is written as RFC 3464, 5965 or 8098 ask."""

    kind: str
    recipients: tuple[FailedRecipient, ...] = ()
    original_message_id: str = ""
    original_subject: str = ""
    original_to: tuple[str, ...] = ()
    original_from: str = ""
    feedback_type: str = ""
    standard: bool = False


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """One mail, decoded. No field holds a NUL or a lone surrogate.

    `text` is what the sender newly wrote, `signature` and `quoted` what was cut from it, `whole` all of it in order;
    `html` and `html_quoted` are safe HTML of the same two parts (empty where the mail has none that can be cleaned).
    `headers` are the raw headers in order, unfolded, for the path and for sender authentication.
    `degraded` names what had to be left out: "html", "quotes".
    """

    message_id: str
    synthetic_id: bool
    body_hash: str
    former_ids: tuple[str, ...] = ()  # before a provider re-wrote it
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    authors: tuple[Address, ...] = ()
    sender: Address | None = None
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()
    delivered_to: tuple[Address, ...] = ()
    original_from: tuple[Address, ...] = ()
    return_path: str | None = None
    subject: str = ""
    forward: bool = False
    date: datetime | None = None
    received_at: datetime | None = None
    evidence: Evidence = field(default_factory=Evidence)
    text: str = ""
    signature: str = ""
    quoted: str = ""
    whole: str = ""
    html: str = ""
    html_quoted: str = ""
    remote_images: int = 0
    attachments: tuple[Attachment, ...] = ()
    report: Report | None = None
    headers: tuple[tuple[str, str], ...] = ()
    defects: tuple[str, ...] = ()
    degraded: tuple[str, ...] = ()

    @property
    def author(self) -> Address | None:
        """The first usable author, else the sender; None when the mail names nobody."""
        for address in self.authors:
            if address.email:
                return address
        return self.sender if self.sender and self.sender.email else None

    def header(self, name: str) -> str:
        """The first header of this name (any case), empty when absent."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")

    def all_headers(self, name: str) -> list[str]:
        """Every header of this name, top first."""
        wanted = name.lower()
        return [value for key, value in self.headers if key.lower() == wanted]
