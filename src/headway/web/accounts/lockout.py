"""Too many wrong passwords: the page, and whose account it is about."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from headway.events.actor import Actor
from headway.foundation import limits
from headway.foundation.errors import TooMany
from headway.people.actions import access
from headway.web.accounts.adapter import WINDOW
from headway.web.middleware.proxies import client_address


def account_tried(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """The account that somebody tries to enter, in one written form."""
    given = (credentials or {}).get("email") or request.POST.get("login", "")
    return str(given).strip().lower()[:254]


def locked_out(
    request: HttpRequest,
    original: HttpResponse | None = None,  # noqa: ARG001 (axes passes it)
    credentials: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The same page whether the account exists or not. The first time in a while it is written down."""
    account = account_tried(request, credentials)
    try:
        limits.hit("sign-in-locked", f"{client_address(request)}:{account}", most=1, per=WINDOW)
    except TooMany:
        pass
    else:
        access.locked(account, actor=Actor.system())
    response = render(request, "account/locked.jinja", {"minutes": int(WINDOW.total_seconds() // 60)}, status=429)
    response["Retry-After"] = str(int(WINDOW.total_seconds()))
    return response
