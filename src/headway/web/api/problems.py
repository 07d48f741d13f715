"""How the API refuses: application/problem+json (RFC 9457) with a stable `code` for programs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import msgspec
from django.http import HttpResponse

from headway.foundation.errors import Conflict, HeadwayError

MEDIA_TYPE = "application/problem+json"

STATUS = {
    "not_found": 404,
    "forbidden": 403,
    "invalid": 422,
    "conflict": 409,
    "too_many": 429,
    "held": 409,
}


@dataclass(slots=True)
class FieldError:
    """What is wrong with one part of the request: where (`body.subject`, `query.limit`), and why."""

    field: str
    detail: str


@dataclass(slots=True)
class Problem:
    """A refusal. `code` is stable; `title` and `detail` are for people."""

    title: str
    status: int
    code: str
    detail: str
    type: str = "about:blank"
    errors: list[FieldError] = field(default_factory=list)


class Refused(Exception):
    """Raised where the refusal is the API's own: authentication, preconditions, what HTTP itself asks for."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        errors: list[FieldError] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = dict(headers or {})
        self.errors = errors or []
        self.more = more


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    errors: list[FieldError] | None = None,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The refusal as a response. `more` are further members of the problem."""
    found = Problem(HTTPStatus(status).phrase, status, code, detail, errors=errors or [])
    body = {**msgspec.to_builtins(found), **(more or {})}
    if not found.errors:
        del body["errors"]
    response = HttpResponse(msgspec.json.encode(body), status=status, content_type=MEDIA_TYPE)
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def refusal(error: Refused) -> HttpResponse:
    """One of the API's own refusals."""
    return problem(error.status, error.code, error.detail, headers=error.headers, errors=error.errors, more=error.more)


def from_error(error: HeadwayError) -> HttpResponse:
    """What an action or query refused, with the fields it names and the facts it adds."""
    details = dict(error.details)
    errors = []
    if "field" in details:
        errors.append(FieldError(str(details.pop("field")), error.message))
    fields = details.pop("fields", None)
    if isinstance(fields, Mapping):
        errors += [FieldError(f"fields.{name}", str(reason)) for name, reason in fields.items()]
    elif isinstance(fields, list | tuple):
        errors += [FieldError(f"fields.{name}", error.message) for name in fields]
    headers = {"Retry-After": str(details["retry_after"])} if "retry_after" in details else None
    status, code = (412, "stale") if is_stale(error) else (STATUS.get(error.code, 400), error.code)
    return problem(status, code, error.message, headers=headers, errors=errors, more=details)


def is_stale(error: HeadwayError) -> bool:
    """Whether a conflict says that something changed since the asker looked."""
    return isinstance(error, Conflict) and "version" in error.details
