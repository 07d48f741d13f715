"""`/assets/`: styles, scripts and icons, compressed, for browsers to keep."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase

from headway.web import statics

_FOR_EVER = "public, max-age=31536000, immutable"


class StaticsMiddleware:
    """Answers before sessions, languages and the database are asked for anything."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The file; under an address of another version too, as pages drawn before an upgrade ask for it."""
        if not request.path.startswith(statics.PLACE):
            return self.get_response(request)
        if settings.DEBUG:
            for known in (statics.version, statics.static):
                known.cache_clear()
        named, _slash, name = request.path.removeprefix(statics.PLACE).partition("/")
        found = statics.static(name)
        if found is None or request.method not in ("GET", "HEAD"):
            return HttpResponseNotFound("There is no such file.\n", content_type="text/plain")
        smaller = "gzip" in request.headers.get("Accept-Encoding", "")
        response = HttpResponse(found.compressed if smaller else found.content, content_type=found.kind)
        if smaller:
            response["Content-Encoding"] = "gzip"
        response["Vary"] = "Accept-Encoding"
        response["Cache-Control"] = _FOR_EVER if named == statics.version() else "no-cache"
        response["X-Content-Type-Options"] = "nosniff"
        return response
