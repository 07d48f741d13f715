"""Where browsers find the live stream."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest


def stream(request: HttpRequest) -> str:
    """The address of the stream for the browser that asks: behind a proxy a path, on one machine the next port."""
    return f"{_place(request)}/stream"


def origin(request: HttpRequest) -> str:
    """The stream's origin when it is not the page's own, otherwise ""."""
    parts = urlsplit(_place(request))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _place(request: HttpRequest) -> str:
    given = str(settings.HEADWAY.live_url)
    if given:
        return given.rstrip("/")
    # the name the browser itself used, so that it sends the session's cookie along
    name = _host(request)
    return f"{request.scheme}://{name}:{settings.HEADWAY.live_port}/live"


def _host(request: HttpRequest) -> str:
    try:
        host, colon, port = request.get_host().rpartition(":")
    except DisallowedHost:
        # the request is being refused for it; its answer needs a policy all the same
        return str(settings.HEADWAY.env.host)
    return host if colon and port.isdigit() else f"{host}{colon}{port}"
