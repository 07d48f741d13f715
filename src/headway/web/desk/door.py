"""The door of the desk: who comes in, and how a refusal is said."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import quote

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

from headway.foundation import errors
from headway.people.models import Agent
from headway.people.permissions import require
from headway.people.rules import Permission

P = ParamSpec("P")

STATUS: dict[type[errors.HeadwayError], int] = {
    errors.NotFound: 404,
    errors.Forbidden: 403,
    errors.Conflict: 409,
    errors.Invalid: 422,
    errors.TooMany: 429,
    errors.Held: 409,
}


class DeskRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: Agent
    htmx: HtmxDetails


View = Callable[Concatenate[DeskRequest, P], HttpResponseBase]
Open = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def desk(
    permission: Permission = Permission.READ,
) -> Callable[[View[P]], Open[P]]:
    """A view for people of the team who hold the permission. Refusals become a page or a message."""

    def decorate(view: View[P]) -> Open[P]:
        @wraps(view)
        def enter(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            ours = cast("DeskRequest", request)
            try:
                require(ours.user.actor, permission)
                response = view(ours, *args, **kwargs)
            except errors.HeadwayError as refusal:
                return refused(ours, refusal)
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        return enter

    return decorate


def refused(request: DeskRequest, refusal: errors.HeadwayError) -> HttpResponse:
    """What the reader is told: a whole page, or for a part of one a message at its bottom."""
    status = STATUS.get(type(refusal), 400)
    if request.htmx:
        # 400 is shown by the page's script; 409 and 422 would be swapped in as content
        response = HttpResponse(status=400 if status in (409, 422) else status)
        response["X-Message"] = header_safe(refusal.message)
        return response
    page = status if status in (403, 404, 409, 429) else 409
    return render(request, f"errors/{page}.jinja", {"message": refusal.message}, status=status)


def header_safe(message: str) -> str:
    """Words that may travel in a header: percent-encoded where they are not plain ASCII."""
    return quote(message, safe=" !,.:;'()?/#&+-_=@")


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """A page asks them to sign in; a part of a page makes the whole page do so."""
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=401)
        response["HX-Refresh"] = "true"
        return response
    return redirect_to_login(request.get_full_path())
