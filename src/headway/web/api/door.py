"""The API's one door: who comes in with which token, how often, for what, and with what kind of request."""

from datetime import timedelta
from typing import Any, Literal, cast

from django.conf import settings as django_settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from headway.events.actor import Actor
from headway.foundation import limits
from headway.foundation.clock import now
from headway.foundation.errors import TooMany
from headway.people.actions import tokens
from headway.people.actions.tokens import Access
from headway.people.models import Agent
from headway.people.permissions import require
from headway.people.rules import Permission, Scope
from headway.settings import queries as settings
from headway.web.api.problems import FieldError, Refused
from headway.web.middleware.proxies import client_address

Takes = Literal["nothing", "json", "bytes"]

# A message may hold two million characters; nothing the API takes as JSON is larger.
MOST_JSON = 8 * 1024 * 1024
MINUTE = timedelta(minutes=1)
# Wrong tokens from one address in a minute, before it is told to wait
MOST_FAILURES = 60


class ApiRequest(HttpRequest):
    """A request that came through the door."""

    access: Access
    # whom the token acts as, in the role of this moment; and the same as the doer of an action
    agent: Agent
    actor: Actor
    # requests a minute, what is left, seconds until it begins anew
    rate: tuple[int, int, int]


class Door(HttpBearer):
    """Lets a request in when its token has `scope`, its owner may do `permission`, and its form is right."""

    def __init__(self, scope: Scope | None, permission: Permission | None, takes: Takes) -> None:
        super().__init__()
        self.scope = scope
        self.permission = permission
        self.takes = takes
        self.parameters: frozenset[str] = frozenset()

    def __call__(self, request: HttpRequest) -> Access:
        scheme, _space, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != "bearer" or not secret:
            raise _unauthenticated(request, _("Send a token: `Authorization: Bearer hw_…`."), "")
        return self.authenticate(request, secret.strip())

    def authenticate(self, request: HttpRequest, token: str) -> Access:
        """The access the token gives. Raises Refused, Forbidden and TooMany."""
        access = tokens.authenticate(token)
        if access is None:
            raise _unauthenticated(request, _("This token is unknown, expired or revoked."), ', error="invalid_token"')
        ours = cast("ApiRequest", request)
        ours.access, ours.agent, ours.actor = access, access.agent, access.agent.actor
        ours.rate = self._counted(access)
        if self.scope is not None and self.scope not in access.scopes:
            raise Refused(
                403,
                "insufficient_scope",
                _("This token lacks the scope %(name)s.") % {"name": self.scope},
                headers={"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{self.scope}"'},
                scope=str(self.scope),
            )
        if self.permission is not None:
            require(ours.actor, self.permission)
        self._formed(request)
        return access

    def _counted(self, access: Access) -> tuple[int, int, int]:
        most = settings.current().api_requests_per_minute
        return most, access.minute.left(access.hits, most=most), 60 - int(now().timestamp()) % 60

    def _formed(self, request: HttpRequest) -> None:
        unknown = [name for name in request.GET if name not in self.parameters]
        if unknown:
            errors = [FieldError(f"query.{name[:60]}", _("There is no such parameter.")) for name in unknown[:20]]
            raise Refused(422, "invalid", _("The address has parameters that are not known here."), errors=errors)
        most = django_settings.DATA_UPLOAD_MAX_MEMORY_SIZE if self.takes == "bytes" else MOST_JSON
        if _length(request) > most:
            raise Refused(413, "too_large", _("The request is larger than %(most)d bytes.") % {"most": most})
        if self.takes == "json" and request.content_type != "application/json":
            raise Refused(415, "unsupported_media_type", _("Send JSON with `Content-Type: application/json`."))


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _unauthenticated(request: HttpRequest, detail: str, attributes: str) -> Exception:
    """What a request without a valid token gets. An address that keeps failing is told to wait."""
    try:
        limits.hit("api-failures", str(client_address(request)), most=MOST_FAILURES, per=MINUTE)
    except TooMany as error:
        return error
    return Refused(401, "unauthenticated", detail, headers={"WWW-Authenticate": f'Bearer realm="headway"{attributes}'})


def door_of(operation: Any) -> Door:
    """The door of a ninja operation: for the documents, and for tests that walk every endpoint."""
    door = operation.auth_callbacks[0]
    assert isinstance(door, Door)
    return door
