"""Around everything: an id for the request, the settings as they were when it began, one line in the log."""

import logging
import re
import secrets
import time
from collections.abc import Callable

import structlog
from django.conf import settings as django_settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from headway.foundation import telemetry
from headway.foundation.errors import HeadwayError
from headway.settings import queries as settings
from headway.web import refusals
from headway.web.middleware.proxies import believe, comes_through_a_proxy

log = structlog.get_logger("headway.web")

_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestMiddleware:
    """Outermost. The log line names the route, not the path: addresses can hold secrets."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = telemetry.traced(get_response)
        logging.getLogger("django.request").addFilter(errors_by_route)
        logging.getLogger("django.security.csrf").addFilter(by_route)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, with its id in X-Request-ID."""
        started = time.perf_counter()
        believe(request)
        request.request_id = _id(request)  # type: ignore[attr-defined]
        with structlog.contextvars.bound_contextvars(request_id=request.request_id):  # type: ignore[attr-defined]
            # whatever language a request speaks, the next one of this thread begins anew
            with settings.pinned(), translation.override(django_settings.LANGUAGE_CODE):
                response: HttpResponseBase = self.get_response(request)
            response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
            _note(request, response, (time.perf_counter() - started) * 1000)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal that no view has answered becomes a page, or a problem for a program."""
        return refusals.refused(request, exception) if isinstance(exception, HeadwayError) else None


def by_route(record: logging.LogRecord) -> bool:
    """A filter for Django's own log: "reason, path" becomes "reason, route", as we say it."""
    found = getattr(getattr(record, "request", None), "resolver_match", None)
    if isinstance(record.args, tuple) and len(record.args) == 2:
        record.args = (record.args[0], f"/{found.route}" if found else "an address of ours")
    return True


def errors_by_route(record: logging.LogRecord) -> bool:
    """The same for its log of requests, of which only errors say more than our own line."""
    return by_route(record) and record.levelno >= logging.ERROR


def _id(request: HttpRequest) -> str:
    """The proxy's own, so that its log and ours can be laid side by side; otherwise a new one."""
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    return given if comes_through_a_proxy(request) and _GIVEN_ID.fullmatch(given) else secrets.token_hex(8)


def _note(request: HttpRequest, response: HttpResponseBase, ms: float) -> None:
    found = request.resolver_match
    person = getattr(request, "_cached_user", None)
    say = log.error if response.status_code >= 500 else log.info
    say(
        "request",
        method=request.method,
        route=f"/{found.route}" if found else None,
        status=response.status_code,
        ms=round(ms, 1),
        person=person.pk if person is not None and person.is_authenticated else None,
    )
