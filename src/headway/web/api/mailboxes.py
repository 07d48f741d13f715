"""Mailboxes: connected, changed, paused, tested. Their secrets go in and never come out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from pydantic import Field

from headway.intake.email import selftest
from headway.intake.mailboxes import actions, credentials, health, queries
from headway.intake.mailboxes.queries import Health
from headway.intake.models import Mailbox, SelfTest
from headway.people.rules import Permission, Scope
from headway.web.api import known
from headway.web.api.answers import Listed, answer, listed, nothing, tagged
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Id, Input, PathId
from headway.web.api.preconditions import guard_shown
from headway.web.api.routes import Routes

routes = Routes("Mailboxes")

Host = Annotated[str, Field(max_length=253, description="Empty: this way is not the mailbox's own.")]
Port = Annotated[int, Field(ge=1, le=65535)]
Security = Annotated[Literal["tls", "starttls", "none"], Field(description="none: only to hosts of the own network.")]
Secret = Annotated[str, Field(max_length=10_000, description="Sealed, and never shown. Empty takes it away.")]
Names = Annotated[list[Annotated[str, Field(max_length=254)]], Field(max_length=50)]
User = Annotated[str, Field(max_length=320)]
SHOWN = (
    "user", "imap_host", "imap_port", "imap_security", "imap_folder", "smtp_host", "smtp_port", "smtp_security",
    "smtp_user", "signature", "template", "acknowledgement", "trusted_servers", "trusted_sealers", "forwarders",
    "dkim_selector", "plus_addressing", "connected_at", "paused_at",
)  # fmt: skip
SECRETS = ("password", "smtp_password", "dkim_key")


@dataclass(slots=True)
class MailboxRow:
    """A mailbox in the list. `state`: working, waiting (for the first look), paused, failing or silent. `verifies`:
    whether its server vouches for senders, null while too few mails have come to say."""

    id: int
    address: str
    brand_id: int
    login: str
    state: str
    verifies: bool | None
    health: Health


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


@dataclass(slots=True)
class TestOut:
    """A test of a mailbox. `step`: started, sent, arrived or failed."""

    __test__ = False  # no test of ours

    id: int
    step: str
    error: str
    started_at: datetime
    sent_at: datetime | None
    arrived_at: datetime | None
    plus_arrived_at: datetime | None


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


@routes.get("/mailboxes", Scope.ADMIN, Permission.OPERATE, Listed[MailboxRow])
def list_mailboxes(request: ApiRequest) -> HttpResponse:
    """The connected mailboxes by address, with how they fare."""
    return listed(request, [_row(row) for row in queries.listed()], None)


@routes.post("/mailboxes", Scope.ADMIN, Permission.OPERATE, MailboxOut)
def connect_mailbox(request: ApiRequest, body: MailboxIn) -> HttpResponse:
    """Connect a mailbox. Mail that is there already is not taken."""
    fields, secrets = _given(body)
    row = actions.connect(
        address=body.address, brand=known.brand(body.brand_id), actor=request.actor, login=body.login,
        secrets=secrets or {}, **fields,
    )  # fmt: skip
    return tagged(_out(queries.one(row.pk)), 201, location=f"/mailboxes/{row.pk}")


@routes.get("/mailboxes/{mailbox_id}", Scope.ADMIN, Permission.OPERATE, MailboxOut)
def read_mailbox(request: ApiRequest, mailbox_id: PathId) -> HttpResponse:
    """One mailbox with how it is reached; how it fares stands apart, because it changes by itself."""
    return tagged(_out(queries.one(mailbox_id)))


@routes.get("/mailboxes/{mailbox_id}/health", Scope.ADMIN, Permission.OPERATE, MailboxRow)
def read_mailbox_health(request: ApiRequest, mailbox_id: PathId) -> HttpResponse:
    """How one mailbox fares at this moment."""
    return answer(_row(queries.health(mailbox_id)))


@routes.patch("/mailboxes/{mailbox_id}", Scope.ADMIN, Permission.OPERATE, MailboxOut)
def change_mailbox(request: ApiRequest, mailbox_id: PathId, body: MailboxChanges) -> HttpResponse:
    """Change how a mailbox is reached, what its mails look like, or whom it believes."""
    fields, secrets = _given(body)
    actions.change(_held(request, mailbox_id), actor=request.actor, secrets=secrets, **fields)
    return tagged(_out(queries.one(mailbox_id)))


@routes.delete("/mailboxes/{mailbox_id}", Scope.ADMIN, Permission.OPERATE)
def disconnect_mailbox(request: ApiRequest, mailbox_id: PathId) -> HttpResponse:
    """Disconnect the mailbox and erase its secrets; its tickets stay."""
    actions.archive(_held(request, mailbox_id), actor=request.actor)
    return nothing()


@routes.put("/mailboxes/{mailbox_id}/pause", Scope.ADMIN, Permission.OPERATE, None, status=204)
def pause_mailbox(request: ApiRequest, mailbox_id: PathId) -> HttpResponse:
    """Stop fetching. What arrives meanwhile is fetched afterwards."""
    actions.pause(queries.one(mailbox_id), actor=request.actor)
    return nothing()


@routes.delete("/mailboxes/{mailbox_id}/pause", Scope.ADMIN, Permission.OPERATE)
def resume_mailbox(request: ApiRequest, mailbox_id: PathId) -> HttpResponse:
    """Fetch again."""
    actions.resume(queries.one(mailbox_id), actor=request.actor)
    return nothing()


@routes.put("/mailboxes/{mailbox_id}/look", Scope.ADMIN, Permission.OPERATE, None, status=204)
def look_at_mailbox(request: ApiRequest, mailbox_id: PathId) -> HttpResponse:
    """Have the worker look at the server within seconds."""
    health.ask(queries.one(mailbox_id).pk)
    return nothing()


@routes.get("/mailboxes/{mailbox_id}/tests", Scope.ADMIN, Permission.OPERATE, Listed[TestOut])
def list_mailbox_tests(request: ApiRequest, mailbox_id: PathId) -> HttpResponse:
    """The newest test of the mailbox, if there was one."""
    latest = selftest.latest(queries.one(mailbox_id))
    return listed(request, [_test(latest)] if latest else [], None)


@routes.post("/mailboxes/{mailbox_id}/tests", Scope.ADMIN, Permission.OPERATE, TestOut)
def test_mailbox(request: ApiRequest, mailbox_id: PathId) -> HttpResponse:
    """Have the mailbox send itself a mail, and watch whether it comes back."""
    return answer(_test(selftest.start(queries.one(mailbox_id), actor=request.actor)), 201)


def _given(body: MailboxChanges) -> tuple[dict[str, Any], dict[str, str] | None]:
    """The fields and the secrets that were sent."""
    sent = {name: value for name, value in body.dict(exclude_unset=True).items() if value is not None}
    secrets = {name: sent.pop(name) for name in SECRETS if name in sent}
    for name in ("address", "brand_id", "login"):
        sent.pop(name, None)
    return sent, secrets or None


def _held(request: ApiRequest, mailbox_id: int) -> Mailbox:
    row = queries.one(mailbox_id)
    guard_shown(request, row, lambda held: _out(queries.one(held.pk)))
    return row


def _row(row: queries.Listed) -> MailboxRow:
    return MailboxRow(row.id, row.address, row.brand_id, row.login, row.state, row.verifies, row.health)


def _out(row: Mailbox) -> MailboxOut:
    return MailboxOut(
        id=row.pk,
        address=row.address.address,
        brand_id=row.address.brand_id,
        login=row.login,
        has=sorted(credentials.read(row)),
        **{name: getattr(row, name) for name in SHOWN},
    )


def _test(test: SelfTest) -> TestOut:
    return TestOut(test.pk, test.step, test.error, test.started_at, test.sent_at, test.arrived_at, test.plus_arrived_at)
