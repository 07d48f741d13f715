"""How a refusal is said: a page for people, problem+json for programs, a message for a part of a page."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from headway.foundation.errors import HeadwayError
from headway.people.rules.habits import LOOKS
from headway.web import platforms
from headway.web.api import problems

STATUS = {"not_found": 404, "forbidden": 403, "invalid": 422, "conflict": 409, "too_many": 429, "held": 409}
_PAGES = (400, 403, 404, 409, 429, 500)


def refused(request: HttpRequest, error: HeadwayError) -> HttpResponse:
    """The answer to a request that an action or a query refused."""
    if _is_program(request):
        return problems.from_error(error)
    status = STATUS.get(error.code, 400)
    if request.headers.get("HX-Request"):
        response = _part(400 if status in (409, 422) else status, error.message)
    else:
        response = page(request, status, error.message)
    if "retry_after" in error.details:
        response["Retry-After"] = str(error.details["retry_after"])
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """Django's 400: what came could not be read, or asked for a host that is not ours."""
    return _plain(request, 400, "bad_request", _("The request could not be understood."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Django's 403."""
    return _plain(request, 403, "forbidden", _("This is not open to you."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Django's 404."""
    return _plain(request, 404, "not_found", _("Nothing is here."))


def failed(request: HttpRequest) -> HttpResponse:
    """Django's 500: an error of ours, which Django has logged under the reference that the page shows."""
    return _plain(request, 500, "error", _("An error of ours. Nothing was saved. Try again in a moment."))


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form without its token: the page was open while the person signed in or out, or another site sent it."""
    message = _(
        "This page was open for too long or came from elsewhere. Go back, load it again, then send it once more."
    )
    if _is_program(request):
        return problems.problem(403, "forbidden", message)
    return page(request, 400, message)


def page(request: HttpRequest, status: int, message: str = "") -> HttpResponse:
    """An error page. It asks nothing of the database, which may be what failed."""
    name = f"errors/{status if status in _PAGES else 400}.jinja"
    theme = request.COOKIES.get("theme", "")
    context = {
        "message": message,
        "request_id": getattr(request, "request_id", ""),
        "person": None,
        "apple": platforms.is_apple(request.headers.get("User-Agent", "")),
        "look": {**dict.fromkeys(LOOKS, ""), "theme": theme if theme in LOOKS["theme"] else "", "side_width": 0},
        "language": get_language() or "en",
        "direction": "rtl" if get_language_bidi() else "ltr",
    }
    return HttpResponse(loader.render_to_string(name, context, using="jinja2"), status=status)


def _plain(request: HttpRequest, status: int, code: str, detail: str) -> HttpResponse:
    if _is_program(request):
        return problems.problem(status, code, detail)
    if request.headers.get("HX-Request"):
        reference = getattr(request, "request_id", "")
        told = _("%(what)s If it happens again, tell an administrator: %(reference)s") if status == 500 else ""
        return _part(status, told % {"what": detail, "reference": reference} if told and reference else detail)
    return page(request, status)


def _part(status: int, message: str) -> HttpResponse:
    """For a part of a page: it stays as it is, and its script says why."""
    response = HttpResponse(status=status)
    # a header holds plain ASCII; the page's script turns it back
    response["X-Message"] = quote(message, safe=" !,.:;'()?/#&+-_=@")
    return response


def _is_program(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
