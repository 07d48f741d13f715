"""What every screen may rely on: the reader, the look they chose, the language."""

from typing import Any

from django.conf import settings as django_settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_bidi

from headway.people.rules.habits import LOOKS, Habits, habits_of
from headway.settings import queries as settings
from headway.web import platforms
from headway.web.live.address import stream


def screen(request: HttpRequest) -> dict[str, Any]:
    """Values for the page shells. The look is a habit of whoever is signed in; before that it is a cookie's, which the
    page's script writes, so that nothing flashes."""
    user = getattr(request, "user", None)
    person = user if user is not None and user.is_authenticated else None
    kept = habits_of(person.habits) if person else Habits()
    looks = {name: getattr(kept, name) for name in (*LOOKS, "side_width")}
    if person is None:
        looks |= {name: request.COOKIES[name] for name in LOOKS if request.COOKIES.get(name) in LOOKS[name]}
    return {
        "person": person,
        "habits": kept,
        # under one name: a screen may have a `side` or a `theme` of its own
        "look": looks,
        "apple": platforms.is_apple(request.headers.get("User-Agent", "")),
        "language": get_language() or "en",
        "direction": "rtl" if get_language_bidi() else "ltr",
        "live_address": stream(request) if person else "",
        "workspace": SimpleLazyObject(lambda: settings.current().name),
        "development": django_settings.DEBUG,
    }
