"""What is sent about a mailbox."""

from typing import Annotated, Any, Literal

from pydantic import Field

from headway.web.api.kinds import Id, Input

Host = Annotated[str, Field(max_length=253, description="Empty: this way is not the mailbox's own.")]
Port = Annotated[int, Field(ge=1, le=65535)]
Security = Annotated[Literal["tls", "starttls", "none"], Field(description="none: only to hosts of the own network.")]
Secret = Annotated[str, Field(max_length=10_000, description="Sealed, and never shown. Empty takes it away.")]
Names = Annotated[list[Annotated[str, Field(max_length=254)]], Field(max_length=50)]
User = Annotated[str, Field(max_length=320)]
SECRETS = ("password", "smtp_password", "dkim_key")


class MailboxChanges(Input):
    """New values; what is left out stays."""

    user: User | None = None
    imap_host: Host | None = None
    imap_port: Port | None = None
    imap_security: Security | None = None
    imap_folder: Annotated[str, Field(max_length=200)] | None = None
    smtp_host: Host | None = None
    smtp_port: Port | None = None
    smtp_security: Security | None = None
    smtp_user: User | None = None
    signature: Annotated[str, Field(max_length=5000)] | None = None
    template: Annotated[str, Field(max_length=20_000)] | None = None
    acknowledgement: Annotated[str, Field(max_length=20_000)] | None = None
    trusted_servers: Names | None = None
    trusted_sealers: Names | None = None
    forwarders: Names | None = None
    dkim_selector: Annotated[str, Field(max_length=63)] | None = None
    password: Secret | None = None
    smtp_password: Secret | None = None
    dkim_key: Secret | None = None


class MailboxIn(MailboxChanges):
    """A mailbox to connect. Its servers are not asked: start a test to see whether it works."""

    address: Annotated[str, Field(max_length=254)]
    brand_id: Id
    login: Annotated[
        Literal["password", "microsoft", "google"],
        Field(description="Others than password are signed in to at the desk."),
    ] = "password"


def given(body: MailboxChanges) -> tuple[dict[str, Any], dict[str, str] | None]:
    """The fields and the secrets that were sent."""
    sent = {name: value for name, value in body.dict(exclude_unset=True).items() if value is not None}
    secrets = {name: sent.pop(name) for name in SECRETS if name in sent}
    for name in ("address", "brand_id", "login"):
        sent.pop(name, None)
    return sent, secrets or None
