"""A write happens once: all of it or nothing, and with an Idempotency-Key never twice.

The key's row is inserted in the transaction of the effect. Of two equal requests at once the second is told that the
first is under way; should it slip past that, the unique row undoes it and it gets the first one's answer.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from headway.foundation import keys
from headway.foundation.clock import now
from headway.web.api.door import ApiRequest
from headway.web.api.problems import Refused

KEPT = timedelta(hours=24)
MOST_KEY = 200
_PURPOSE = "idempotency"
_HEADERS = ("Content-Type", "ETag", "Location")

_LOOK = """
SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0)), known.fingerprint, known.status, known.headers, known.answer
FROM (SELECT) AS one LEFT JOIN web_idempotencykey AS known ON known.token_id = %s AND known.key = %s AND known.at > %s
"""

# a row older than its time may still stand: it makes way
_KEEP = """
INSERT INTO web_idempotencykey AS known (token_id, key, fingerprint, status, headers, answer, at)
VALUES (%s, %s, %s, %s, %s::jsonb, %s, %s)
ON CONFLICT (token_id, key) DO UPDATE SET fingerprint = excluded.fingerprint, status = excluded.status,
  headers = excluded.headers, answer = excluded.answer, at = excluded.at WHERE known.at <= %s
"""


class _Lost(Exception):
    """Another request with the same key was first; ours must leave no trace."""


@dataclass(frozen=True, slots=True)
class _Known:
    fingerprint: str
    status: int
    headers: dict[str, str]
    answer: bytes


def once(request: ApiRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Runs `act` in a transaction and returns its response; with a key that is known already, the stored response.

    Raises Refused: 422 for a key used for something else, 409 while its first request is under way.
    """
    key = request.META.get("HTTP_IDEMPOTENCY_KEY")
    if key is None:
        with transaction.atomic():
            return act()
    if not 0 < len(key) <= MOST_KEY or not key.isprintable():
        raise Refused(422, "invalid", _("An Idempotency-Key has 1 to %(most)d characters.") % {"most": MOST_KEY})
    try:
        with transaction.atomic():
            known = _look(request, key)
            if known is None:
                response = act()
                _keep(request, key, response)
                return response
    except _Lost:
        with transaction.atomic():
            known = _look(request, key)
        if known is None:
            raise _under_way() from None
    return _replay(request, known)


def _look(request: ApiRequest, key: str) -> _Known | None:
    token_id = request.access.token_id
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, [f"{_PURPOSE}:{token_id}:{key}", token_id, key, now() - KEPT])
        free, fingerprint, status, headers, sealed = cursor.fetchone()
    if not free:
        raise _under_way()
    if fingerprint is None:
        return None
    headers = json.loads(headers) if isinstance(headers, str) else headers
    return _Known(fingerprint, status, headers, keys.unseal(_PURPOSE, bytes(sealed)))


def _keep(request: ApiRequest, key: str, response: HttpResponse) -> None:
    # sealed: an answer may hold a new token's secret, or a customer's words
    sealed = keys.seal(_PURPOSE, response.content)
    headers = json.dumps({name: response.headers[name] for name in _HEADERS if name in response.headers})
    at = now()
    values: list[Any] = [
        request.access.token_id,
        key,
        _fingerprint(request),
        response.status_code,
        headers,
        sealed,
        at,
        at - KEPT,
    ]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, values)
        if cursor.rowcount != 1:
            raise _Lost


def _replay(request: ApiRequest, known: _Known) -> HttpResponse:
    if known.fingerprint != _fingerprint(request):
        raise Refused(
            422,
            "idempotency_key_reused",
            _("This Idempotency-Key was used for another request. Use a new key for every new request."),
        )
    response = HttpResponse(known.answer, status=known.status)
    del response.headers["Content-Type"]
    for name, value in known.headers.items():
        response.headers[name] = value
    response.headers["Idempotent-Replayed"] = "true"
    return response


def _fingerprint(request: ApiRequest) -> str:
    said = f"{request.method} {request.get_full_path()}\n".encode() + request.body
    return hashlib.sha256(said).hexdigest()


def _under_way() -> Refused:
    return Refused(
        409,
        "in_progress",
        _("A request with this Idempotency-Key is under way. Try again in a moment."),
        headers={"Retry-After": "1"},
        retry_after=1,
    )
