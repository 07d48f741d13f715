"""What every screen may rely on: the reader, the look they chose, the language."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi

from headway.web.live.address import stream

THEMES = ("light", "dark")
DENSITIES = ("compact",)


def screen(request: HttpRequest) -> dict[str, Any]:
    """Values for the page shells. Look and density are cookies that the page's script writes, so nothing flashes."""
    person = getattr(request, "user", None)
    theme = request.COOKIES.get("theme", "")
    density = request.COOKIES.get("density", "")
    return {
        "person": person if person is not None and person.is_authenticated else None,
        "theme": theme if theme in THEMES else "",
        "density": density if density in DENSITIES else "",
        "language": get_language() or "en",
        "direction": "rtl" if get_language_bidi() else "ltr",
        "live_address": stream(request) if person is not None and person.is_authenticated else "",
        "development": settings.DEBUG,
    }
