"""The API put together: every noun's endpoints, how bodies are read, and how what goes wrong is said."""

from collections.abc import Callable
from typing import Any

import msgspec
import structlog
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DataError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from headway.foundation.errors import HeadwayError
from headway.web.api import (
    audit,
    away,
    brands,
    customers,
    dealings,
    events,
    habits,
    hooks,
    imports,
    macros,
    mail,
    me,
    notifications,
    organisations,
    people,
    privacy,
    queue,
    retention,
    sample,
    senders,
    signature,
    suppressions,
    teams,
    tokens,
    uploads,
    views,
    workspace,
)
from headway.web.api.definitions import fields, statuses, types
from headway.web.api.definitions import tags as definition_tags
from headway.web.api.mailboxes import faring, pausing, reaching
from headway.web.api.mailboxes import testing as mailbox_testing
from headway.web.api.problems import FieldError, Refused, from_error, problem, refusal
from headway.web.api.service import calendars, targets
from headway.web.api.tickets import (
    assignment,
    attention,
    bulk,
    checklist,
    creating,
    drafts,
    files,
    incidents,
    links,
    listing,
    mentions,
    merging,
    one,
    presence,
    rating,
    reading,
    saying,
    scheduled,
    sides,
    status,
    tags,
)

log = structlog.get_logger("headway.web")

# the import of each declares its endpoints
PARTS = (
    listing, creating, bulk, one, assignment, status, attention, tags, links, checklist, merging, rating, saying,
    drafts, scheduled, sides, incidents, reading, uploads, files,
    mentions, notifications, presence,
    views, macros,
    customers, dealings, organisations, teams, people, me, habits, away,
    brands, statuses, types, fields, definition_tags, calendars,
    targets, tokens,
    workspace,
    mail, faring, reaching, pausing, mailbox_testing, suppressions, senders, hooks, events, privacy, queue,
    audit, retention, sample, imports, signature,
)  # fmt: skip

_MOST_ERRORS = 50


class Json(Parser):
    """Reads bodies with msgspec. NUL, which the database cannot hold, is left out of every text."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The decoded body. Raises ValueError and RecursionError, which ninja answers with 400."""
        body = request.body
        found = msgspec.json.decode(body)
        return _without_nul(found) if b"\\u0000" in body else found


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, list):
        return [_without_nul(entry) for entry in value]
    if isinstance(value, dict):
        return {_without_nul(name): _without_nul(entry) for name, entry in value.items()}
    return value


def make() -> NinjaAPI:
    """The API with its endpoints and handlers. Documents are served by `documents`, not by ninja."""
    api = NinjaAPI(
        title="Headway API", version="1", openapi_url=None, docs_url=None, urls_namespace="api-v1", parser=Json()
    )
    for router in dict.fromkeys(part.routes.router for part in PARTS):
        api.add_router("", router)
    handlers: list[tuple[type[Exception], Callable[[Any], HttpResponse]]] = [
        (Refused, refusal),
        (HeadwayError, from_error),
        (ValidationError, _unfit),
        (HttpError, _http),
        (Exception, failed),
    ]
    for kind, say in handlers:
        api.add_exception_handler(kind, _handler(say))
    return api


def _handler(say: Callable[[Any], HttpResponse]) -> Callable[[HttpRequest, Any], HttpResponse]:
    return lambda _request, error: say(error)


def failed(error: Exception) -> HttpResponse:
    """What nobody foresaw. The log has the traceback; the caller never does."""
    match error:
        case Http404():
            return problem(404, "not_found", _("Nothing is here."))
        case RequestDataTooBig():
            return problem(413, "too_large", _("The request is too large."))
        case SuspiciousOperation() | UnreadablePostError():
            return problem(400, "bad_request", _("The request could not be understood."))
        case DataError():
            log.warning("a value did not fit the database", error=type(error.__cause__ or error).__name__)
            return problem(422, "invalid", _("A value is outside of what can be stored."))
        case OperationalError():
            log.error("the database refused a request", exc_info=error)
            headers = {"Retry-After": "1"}
            detail = _("The database is busy or away. Nothing was saved; try again in a moment.")
            return problem(503, "unavailable", detail, headers=headers)
    log.error("request failed", exc_info=error)
    return problem(500, "error", _("An error of ours. Nothing was saved. Try again in a moment."))


def _http(error: HttpError) -> HttpResponse:
    if error.status_code == 400:
        return problem(400, "malformed_json", _("The body is not JSON that can be read."))
    return problem(error.status_code, "error", str(error))


def _unfit(error: ValidationError) -> HttpResponse:
    """What does not fit the document, field by field. A path that names nothing is nothing."""
    if any(entry["loc"][0] == "path" for entry in error.errors):
        return problem(404, "not_found", _("Nothing is here."))
    errors = [FieldError(_where(entry["loc"]), str(entry["msg"])) for entry in error.errors[:_MOST_ERRORS]]
    return problem(422, "invalid", _("Some of what was sent does not fit."), errors=errors)


def _where(loc: Any) -> str:
    """`body.customer.value`; ninja's name for the parameter is left out."""
    source, *path = (str(part)[:80] for part in loc)
    return ".".join([source, *(path[1:] if source == "body" else path)])


api = make()
