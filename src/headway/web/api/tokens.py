"""API tokens: issue, list and revoke one's own; administrators see and revoke everybody's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from pydantic import Field

from headway.foundation.errors import Forbidden, NotFound
from headway.people.actions import tokens as actions
from headway.people.models import ApiToken
from headway.people.queries import agents as queries
from headway.people.rules import Permission, Scope
from headway.web.api.answers import Listed, answer, listed, nothing
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Input, Instant, PathId
from headway.web.api.routes import Routes

routes = Routes("Tokens")

ScopeName = Literal["tickets:read", "tickets:write", "customers:read", "customers:write", "admin"]


@dataclass(slots=True)
class TokenOut:
    """A program's access. `hint` is how it begins, to recognise it by."""

    id: int
    owner_id: int
    name: str
    hint: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None


@dataclass(slots=True)
class IssuedToken:
    """A new token and its secret: the only time it is shown."""

    token: TokenOut
    secret: str


class TokenIn(Input):
    """A new token of one's own, never reaching further or longer than the one that asks for it."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    scopes: Annotated[list[ScopeName], Field(min_length=1, max_length=5)]
    expires_at: Instant | None = None


@routes.get("/tokens", None, None, Listed[TokenOut])
def list_tokens(request: ApiRequest) -> HttpResponse:
    """Your own tokens; with the scope admin, an administrator sees everybody's."""
    return listed(request, [_out(row) for row in _mine(request)], None)


@routes.post("/tokens", None, None, IssuedToken)
def issue_token(request: ApiRequest, body: TokenIn) -> HttpResponse:
    """Make a token of your own, within the scopes and the time of this one."""
    beyond = sorted(set(body.scopes) - {str(scope) for scope in request.access.scopes})
    if beyond:
        raise Forbidden(
            _("This token cannot give what it does not have: %(scopes)s.") % {"scopes": ", ".join(beyond)},
            field="body.scopes",
        )
    latest = ApiToken.objects.values_list("expires_at", flat=True).get(pk=request.access.token_id)
    wanted = min(body.expires_at, latest) if body.expires_at else latest
    row, secret = actions.issue(request.agent, body.name, body.scopes, actor=request.actor, expires_at=wanted)
    return answer(IssuedToken(_out(row), secret), 201, location=f"/tokens/{row.pk}")


@routes.delete("/tokens/{token_id}", None, None)
def revoke_token(request: ApiRequest, token_id: PathId) -> HttpResponse:
    """End a token at once: this one, or another that reaches no further."""
    row = next((row for row in _mine(request) if row.pk == token_id), None)
    if row is None:
        raise NotFound(_("There is no such token, or it is not yours."))
    own = {str(scope) for scope in request.access.scopes}
    if row.owner_id == request.agent.pk and not set(row.scopes) <= own:
        raise Forbidden(_("That token reaches further than this one."))
    actions.revoke(row, actor=request.actor)
    return nothing()


def _mine(request: ApiRequest) -> list[ApiToken]:
    rows = queries.tokens(request.agent)
    if Scope.ADMIN not in request.access.scopes or not request.agent.may(Permission.PEOPLE):
        rows = rows.filter(owner=request.agent)
    return list(rows)


def _out(row: ApiToken) -> TokenOut:
    return TokenOut(
        row.pk,
        row.owner_id,
        row.name,
        row.hint,
        list(row.scopes),
        row.created_at,
        row.expires_at,
        row.revoked_at,
        row.last_used_at,
    )
