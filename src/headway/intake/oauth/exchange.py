"""One request to a provider's token endpoint (RFC 6749, 3.2) and what its answer means."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from headway.foundation import keys, outward
from headway.foundation.clock import now
from headway.intake.models import Provider
from headway.intake.oauth.endpoints import TABLE

_SECONDS: Final = 10.0
_PURPOSE: Final = "provider"
_LONGEST: Final = 86_400
# RFC 6749, 5.2: the grant itself is at an end (the others are about our registration or our request)
_OVER: Final = {"invalid_grant", "interaction_required", "consent_required", "login_required"}


class Unavailable(OSError):
    """The provider did not answer, or says that it cannot now. Later it may."""


class Ended(Exception):
    """The provider takes the grant no more: somebody has to sign in again. The text is the provider's word for it."""


class Unregistered(Exception):
    """The provider refuses our registration: an administrator must enter it anew. The text is the provider's word."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a provider gave. `refresh` is empty when the old one goes on."""

    access: str
    refresh: str
    expires_at: datetime


def ask(provider: Provider, **fields: str) -> Tokens:
    """Asks for tokens. Raises Unavailable, Ended, Unregistered."""
    place = TABLE[provider.name]
    known = {**fields, "client_id": provider.client_id}
    if provider.client_secret:
        known["client_secret"] = keys.unseal(_PURPOSE, bytes(provider.client_secret)).decode()
    try:
        answer = outward.request(
            "POST",
            place.at(place.token, provider.tenant),
            headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
            body=urlencode(known).encode(),
            timeout=_SECONDS,
        )
    except OSError as error:
        raise Unavailable(_("%(name)s cannot be reached: %(why)s") % {"name": place.name, "why": error}) from error
    said = _read(answer.body)
    if answer.ok and isinstance(said.get("access_token"), str) and said["access_token"]:
        return _tokens(said)
    if answer.status >= 500 or answer.status in (408, 429) or answer.ok:
        told = {"name": place.name, "status": answer.status}
        raise Unavailable(_("%(name)s answered %(status)d instead of giving access.") % told)
    word = str(said.get("error", ""))[:60]
    if word in _OVER:
        raise Ended(word)
    raise Unregistered(word or str(answer.status))


def sealed_secret(secret: str) -> bytes:
    """The form in which `Provider.client_secret` holds it."""
    return keys.seal(_PURPOSE, secret.encode()) if secret else b""


def _tokens(said: dict[str, Any]) -> Tokens:
    try:
        seconds = min(max(int(said.get("expires_in", 3600)), 0), _LONGEST)
    except (TypeError, ValueError):
        seconds = 3600
    refresh = said.get("refresh_token")
    return Tokens(
        access=said["access_token"],
        refresh=refresh if isinstance(refresh, str) else "",
        expires_at=now() + timedelta(seconds=seconds),
    )


def _read(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
