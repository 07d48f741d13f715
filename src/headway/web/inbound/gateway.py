"""What stands before the hooks: calls to them pass no sessions, languages or forms."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

PREFIX = "/in/"
_URLS = "headway.web.inbound.urls"


class InboundMiddleware:
    """Answers calls under /in/ here, so that none of the middleware after it runs for them.

    Every call proves itself, and cookies are never looked at, so there is nothing for another site to forge.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response: from the hooks, or from what comes after."""
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        # imported here: the views need the apps, and middleware is made while they load
        from headway.web.inbound.views import answered, nowhere

        try:
            found = resolve(request.path_info, _URLS)
        except Resolver404:
            return nowhere(request)
        request.resolver_match = found
        return answered(request, found.kwargs["path"])
