"""A mailbox as it is answered with: how it is reached, and what its mails look like."""

from dataclasses import dataclass
from datetime import datetime

from headway.intake.mailboxes import credentials
from headway.intake.models import Mailbox

SHOWN = (
    "user", "imap_host", "imap_port", "imap_security", "imap_folder", "smtp_host", "smtp_port", "smtp_security",
    "smtp_user", "signature", "template", "acknowledgement", "trusted_servers", "trusted_sealers", "forwarders",
    "dkim_selector", "plus_addressing", "connected_at", "paused_at",
)  # fmt: skip


@dataclass(slots=True)
class MailboxOut:
    """A mailbox as it is reached and what its mails look like. `has` names the secrets that are kept."""

    id: int
    address: str
    brand_id: int
    login: str
    has: list[str]
    user: str
    imap_host: str
    imap_port: int
    imap_security: str
    imap_folder: str
    smtp_host: str
    smtp_port: int
    smtp_security: str
    smtp_user: str
    signature: str
    template: str
    acknowledgement: str
    trusted_servers: list[str]
    trusted_sealers: list[str]
    forwarders: list[str]
    dkim_selector: str
    plus_addressing: bool
    connected_at: datetime
    paused_at: datetime | None


def shown(row: Mailbox) -> MailboxOut:
    """The mailbox without its secrets."""
    return MailboxOut(
        id=row.pk,
        address=row.address.address,
        brand_id=row.address.brand_id,
        login=row.login,
        has=sorted(credentials.read(row)),
        **{name: getattr(row, name) for name in SHOWN},
    )
