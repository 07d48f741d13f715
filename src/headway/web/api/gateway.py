"""What stands before the API: requests for it pass no sessions, forms or pages, and every answer is the API's own."""

from collections.abc import Callable

from django.conf import settings as django_settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from headway.web.api.problems import problem
from headway.web.middleware.languages import asked

PREFIX = "/api/"
# a page for people, with their language and look
DOCS = "/api/v1/docs"
_URLS = "headway.web.api.urls"


class ApiMiddleware:
    """Answers requests under /api/ here, so that none of the middleware after it runs for them.

    What it says to people is in the language that the request asks for (Accept-Language), else in English.
    A token is asked for with every request and cookies are never looked at, so there is nothing for another site to
    forge. It stands after the middleware that names requests and pins the settings.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response: from the API, or from what comes after."""
        if not request.path_info.startswith(PREFIX) or request.path_info == DOCS:
            return self.get_response(request)
        with translation.override(asked(request) or django_settings.LANGUAGE_CODE):
            response = _answered(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "en")
        rate = getattr(request, "rate", None)
        if rate is not None:
            most, left, seconds = rate
            response.headers["RateLimit-Limit"] = str(most)
            response.headers["RateLimit-Remaining"] = str(left)
            response.headers["RateLimit-Reset"] = str(seconds)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def _answered(request: HttpRequest) -> HttpResponseBase:
    # imported here: the API's modules need the apps, and middleware is made while they load
    from headway.web.api.app import failed

    if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
        return problem(400, "bad_request", _("An address cannot hold NUL."))
    try:
        found = resolve(request.path_info, _URLS)
    except Resolver404:
        return problem(404, "not_found", _("There is no such address."))
    request.resolver_match = found
    try:
        response: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
    except Exception as error:  # noqa: BLE001 (the outermost: whatever it is becomes a problem)
        return failed(error)
    if response.status_code == 405:
        headers = {"Allow": response.headers.get("Allow", "")}
        return problem(405, "method_not_allowed", _("This address does not do that."), headers=headers)
    return response
