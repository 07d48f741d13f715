"""What a browser may do with our pages: nothing inline, nothing from elsewhere, no frame around us."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from headway.web.live.address import origin

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
        "microphone", "midi", "payment", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip


class PolicyMiddleware:
    """Adds the policy. A view that needs another (a customer's mail in its frame) sets its own, which stays."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response with its headers."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", content_policy(origin(request)))
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


def content_policy(live_origin: str) -> str:
    """The policy of our own pages. `live_origin` is where the live stream comes from when that is not here, or ""."""
    connect = f"'self' {live_origin}".strip()
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
        f"font-src 'self'; connect-src {connect}; frame-src 'self'; manifest-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
