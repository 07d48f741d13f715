"""The door of the desk: who comes in. Refusals travel up to headway.web.refusals."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from headway.people.models import Agent
from headway.people.permissions import require
from headway.people.rules import Permission

P = ParamSpec("P")


class DeskRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: Agent
    htmx: HtmxDetails


View = Callable[Concatenate[DeskRequest, P], HttpResponseBase]
Open = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def desk(
    permission: Permission = Permission.READ,
) -> Callable[[View[P]], Open[P]]:
    """A view for people of the team who hold the permission; others are asked to sign in, or refused."""

    def decorate(view: View[P]) -> Open[P]:
        @wraps(view)
        def enter(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            ours = cast("DeskRequest", request)
            require(ours.user.actor, permission)
            response = view(ours, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        return enter

    return decorate


def takes(methods: str, view: Open[P]) -> Open[P]:
    """The view for these methods ("GET POST"); others are answered 405. What changes something is never a GET."""
    allowed = methods.split()
    limited: Open[P] = require_http_methods([*allowed, "HEAD"] if "GET" in allowed else allowed)(view)
    return limited


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """A page asks them to sign in; a part of a page makes the whole page do so."""
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=401)
        response["HX-Refresh"] = "true"
        return response
    return redirect_to_login(request.get_full_path())
