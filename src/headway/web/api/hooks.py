"""Hooks: addresses at which Mailgun, Amazon SES and Postmark hand in mails."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from django.conf import settings as django_settings
from django.http import HttpResponse
from pydantic import Field

from headway.intake.hooks import actions, queries
from headway.intake.models import Hook
from headway.people.rules import Permission, Scope
from headway.web.api.answers import Listed, answer, listed, nothing, tagged
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Input, PathId
from headway.web.api.preconditions import guard_shown
from headway.web.api.routes import Routes

routes = Routes("Hooks")

Kind = Literal["mailgun", "ses", "postmark"]
HookName = Annotated[str, Field(min_length=1, max_length=80)]
Secret = Annotated[str, Field(max_length=200, description="Mailgun's HTTP webhook signing key. Never shown again.")]
Topic = Annotated[str, Field(max_length=400, description="Amazon: the ARN of the only topic that is listened to.")]


@dataclass(slots=True)
class HookOut:
    """An address for a provider. `asks`: its Amazon topic waits for a confirmation. `refusal`: why a call was refused
    last."""

    id: int
    kind: str
    name: str
    address: str
    topic: str
    trusted_servers: list[str]
    created_at: datetime
    archived_at: datetime | None
    arrived_at: datetime | None
    refused_at: datetime | None
    refusal: str
    asks: bool


@dataclass(slots=True)
class NewHook:
    """A new hook, and the password Postmark is to send: the only time it is shown, null for the others."""

    hook: HookOut
    password: str | None


@dataclass(slots=True)
class NewPassword:
    """The password Postmark is to send from now on: the only time it is shown."""

    password: str


class HookIn(Input):
    """A new hook: `secret` for Mailgun, `topic` for Amazon."""

    kind: Kind
    name: HookName
    secret: Secret = ""
    topic: Topic = ""


class HookChanges(Input):
    """New values; what is left out stays."""

    name: HookName | None = None
    secret: Secret | None = None
    topic: Topic | None = None
    trusted_servers: Annotated[
        list[Annotated[str, Field(max_length=253)]] | None,
        Field(max_length=20, description="Servers whose Authentication-Results are believed in these mails."),
    ] = None


@routes.get("/hooks", Scope.ADMIN, Permission.SETTINGS, Listed[HookOut])
def list_hooks(request: ApiRequest) -> HttpResponse:
    """The hooks in use."""
    return listed(request, [_shown(row) for row in queries.listed()], None)


@routes.post("/hooks", Scope.ADMIN, Permission.SETTINGS, NewHook)
def add_hook(request: ApiRequest, body: HookIn) -> HttpResponse:
    """Add an address for a provider."""
    row, password = actions.add(body.kind, body.name, actor=request.actor, secret=body.secret, topic=body.topic)
    return answer(NewHook(_out(row), password or None), 201, location=f"/hooks/{row.pk}")


@routes.get("/hooks/{hook_id}", Scope.ADMIN, Permission.SETTINGS, HookOut)
def read_hook(request: ApiRequest, hook_id: PathId) -> HttpResponse:
    """One hook, also one that takes nothing any more."""
    return tagged(_out(queries.hook_by_id(hook_id)))


@routes.patch("/hooks/{hook_id}", Scope.ADMIN, Permission.SETTINGS, HookOut)
def change_hook(request: ApiRequest, hook_id: PathId, body: HookChanges) -> HttpResponse:
    """Change the hook's name, or what it asks of its caller."""
    row = _held(request, hook_id)
    changed = actions.change(
        row,
        actor=request.actor,
        name=body.name,
        secret=body.secret,
        topic=body.topic,
        trusted_servers=body.trusted_servers,
    )
    return tagged(_out(changed))


@routes.delete("/hooks/{hook_id}", Scope.ADMIN, Permission.SETTINGS)
def archive_hook(request: ApiRequest, hook_id: PathId) -> HttpResponse:
    """The hook takes nothing any more; its secret is erased. What came by it stays."""
    actions.archive(_held(request, hook_id), actor=request.actor)
    return nothing()


@routes.post("/hooks/{hook_id}/passwords", Scope.ADMIN, Permission.SETTINGS, NewPassword)
def renew_hook_password(request: ApiRequest, hook_id: PathId) -> HttpResponse:
    """A new password for Postmark. The old one is refused at once."""
    return answer(NewPassword(actions.renew_password(_held(request, hook_id), actor=request.actor)), 201)


@routes.put("/hooks/{hook_id}/confirmation", Scope.ADMIN, Permission.SETTINGS, None, status=204)
def confirm_hook(request: ApiRequest, hook_id: PathId) -> HttpResponse:
    """Agree that the hook's Amazon topic sends its mails. Nothing agrees by itself."""
    actions.confirm(_held(request, hook_id), actor=request.actor)
    return nothing()


def _held(request: ApiRequest, hook_id: int) -> Hook:
    row = queries.hook_by_id(hook_id)
    guard_shown(request, row, _out)
    return row


def _out(row: Hook) -> HookOut:
    return _shown(queries.row_of(row))


def _shown(row: queries.HookRow) -> HookOut:
    return HookOut(
        row.id,
        row.kind,
        row.name,
        f"{django_settings.HEADWAY.public_url}{row.address}",
        row.topic,
        row.trusted_servers,
        row.created_at,
        row.archived_at,
        row.arrived_at,
        row.refused_at,
        row.refusal,
        row.asks,
    )
