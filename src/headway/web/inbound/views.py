"""A call of a provider, answered with 200 only after its mail is stored."""

from datetime import timedelta
from typing import Final

import structlog
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from headway.foundation import limits
from headway.foundation.clock import now
from headway.foundation.errors import HeadwayError, TooMany
from headway.intake.hooks import queries, taking
from headway.intake.hooks.calls import Call, Reason, Refused
from headway.intake.models import Hook
from headway.web.api.problems import problem
from headway.web.inbound.bodies import Busy, body_of
from headway.web.middleware.proxies import client_address

log = structlog.get_logger("headway.web")

# Bad calls of one address in a minute, before it is told to wait; good ones are not counted
MOST_FAILURES: Final = 60
_MINUTE: Final = timedelta(minutes=1)
_STATUS: Final = {
    Reason.UNREADABLE: 400,
    Reason.PASSWORD: 401,
    Reason.REPLAYED: 406,  # for Mailgun: never again
    Reason.TOO_LARGE: 413,
    Reason.NO_MAIL: 422,
    Reason.STORED_ELSEWHERE: 422,
    Reason.UNREACHABLE: 503,
}


@csrf_exempt
def answered(request: HttpRequest, path: str) -> HttpResponse:
    """POST takes a mail in. Everything else, and every call that does not prove itself, is refused with the reason."""
    if request.method != "POST":
        return problem(405, "method_not_allowed", _("Mails come by POST."), headers={"Allow": "POST"})
    try:
        hook = queries.taking(path)
        response = nowhere(request) if hook is None else _taken(request, hook)
    except Error as error:
        log.error("the database refused a hook's call", exc_info=error)
        response = _later(_("The database is busy or away. Nothing was taken."))
    except OSError as error:
        log.error("a hook's mail could not be stored", exc_info=error)
        response = _later(_("The mail could not be stored."))
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def nowhere(request: HttpRequest) -> HttpResponse:
    """No hook is here. Who guesses addresses is told to wait."""
    return _counted(request) or problem(404, "not_found", _("Nothing is here."))


def _taken(request: HttpRequest, hook: Hook) -> HttpResponse:
    try:
        with body_of(request) as body:
            given = request.META
            call = Call(body, given.get("CONTENT_TYPE", ""), given.get("HTTP_AUTHORIZATION", ""), now())
            taking.take(hook, call)
    except Refused as refusal:
        return _refused(request, hook, refusal.reason)
    except Busy:
        return _later(_("Another large mail is being taken."))
    except HeadwayError as error:  # the stored secret cannot be read
        log.error("a hook cannot be used", hook=hook.pk, reason=error.code)
        return _later(_("This hook cannot be used now."))
    return HttpResponse(status=200, content_type="text/plain; charset=utf-8")


def _refused(request: HttpRequest, hook: Hook, reason: Reason) -> HttpResponse:
    waits = _counted(request)
    if waits is not None:
        return waits
    taking.note_refusal(hook, reason)
    log.warning("a hook's call was refused", hook=hook.pk, reason=str(reason))
    headers = {"WWW-Authenticate": 'Basic realm="headway"'} if reason is Reason.PASSWORD else {}
    if reason is Reason.UNREACHABLE:
        headers["Retry-After"] = "60"
    return problem(_STATUS.get(reason, 403), str(reason), _("The call was not taken."), headers=headers)


def _counted(request: HttpRequest) -> HttpResponse | None:
    try:
        limits.hit("hook-failures", str(client_address(request)), most=MOST_FAILURES, per=_MINUTE)
    except TooMany as error:
        headers = {"Retry-After": str(error.details["retry_after"])}
        return problem(429, error.code, error.message, headers=headers)
    return None


def _later(detail: str) -> HttpResponse:
    return problem(503, "unavailable", detail, headers={"Retry-After": "60"})
