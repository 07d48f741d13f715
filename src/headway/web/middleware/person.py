"""The person who asks: their language and clock, and whether they may go on as they are."""

import zoneinfo
from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from headway.foundation.errors import Forbidden
from headway.people.models import Agent
from headway.settings import queries as settings
from headway.web import refusals
from headway.web.accounts.factors import has_second_factor
from headway.web.middleware.languages import asked

# Where somebody without the second factor that the workspace asks for may still go: to set one up, or away.
_OPEN = ("/desk/account", "/sign-out")


class PersonMiddleware:
    """Roles and archiving count at once, for the person's row is read with every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, in the reader's language and zone."""
        if not request.user.is_authenticated and SESSION_KEY in request.session:
            # the session names somebody who has left, or whose password has changed since
            request.session.flush()
        person = request.user if isinstance(request.user, Agent) else None
        refusal = _without_factor(request, person) if person else None
        if refusal is not None:
            return refusal
        _speak(request, person)
        with timezone.override(_zone(request, person)):
            return self.get_response(request)


def _without_factor(request: HttpRequest, person: Agent) -> HttpResponse | None:
    if not settings.current().second_factor_required or request.path.startswith(_OPEN) or has_second_factor(person):
        return None
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=401)
        response["HX-Refresh"] = "true"
        return response
    if request.path.startswith("/api/"):
        return refusals.refused(request, Forbidden(_("Set up a second factor first.")))
    return redirect("mfa_activate_totp")


def _speak(request: HttpRequest, person: Agent | None) -> None:
    """The person's own language, before sign-in what their browser asks for; else the workspace's."""
    translation.activate(settings.spoken(person.language if person else asked(request)))
    request.LANGUAGE_CODE = translation.get_language()


def _zone(request: HttpRequest, person: Agent | None) -> zoneinfo.ZoneInfo:
    """The person's own clock, else the one their browser goes by (js/zone.js tells it), else the workspace's."""
    for name in (person.timezone if person else "", request.COOKIES.get("zone", ""), settings.current().timezone):
        try:
            return zoneinfo.ZoneInfo(name)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return zoneinfo.ZoneInfo("UTC")
