"""API tokens."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.clock import now
from headway.foundation.errors import HeadwayError
from headway.people.actions import tokens as token_actions
from headway.people.queries import agents
from headway.people.rules import Scope
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices
from headway.web.desk.words import number as number_of

PAGE = "/desk/tokens"


@desk()
def tokens(request: DeskRequest) -> HttpResponse:
    """GET: one's tokens. POST `name`, `scopes` and `days` makes one and shows its secret, this once."""
    secret, told = "", notices(request)
    if request.method == "POST":
        days = min(max(number_of(request.POST.get("days")) or 90, 1), 3650)
        try:
            _token, secret = token_actions.issue(
                request.user, request.POST.get("name", ""), request.POST.getlist("scopes"),
                actor=request.user.actor, expires_at=now() + timedelta(days=days),
            )  # fmt: skip
        except HeadwayError as refusal:
            told = [("error", refusal.message)]
    rows = [
        {"id": one.pk, "name": one.name, "hint": one.hint, "scopes": one.scopes, "expires_at": one.expires_at,
         "last_used_at": one.last_used_at}
        for one in agents.tokens(request.user)
        if one.revoked_at is None and one.owner_id == request.user.pk
    ]  # fmt: skip
    shown = {"nav": navigation(request), "tokens": rows, "secret": secret, "scopes": _scopes(), "notices": told}
    return render(request, "desk/tokens.jinja", shown)


@desk()
def revocation(request: DeskRequest, token_id: int) -> HttpResponse:
    """POST ends a token at once."""
    found = agents.tokens(request.user).filter(pk=token_id).first()
    if found is None:
        return done(request, PAGE, lambda: None, _("This token does not exist any more."))
    return done(request, PAGE, lambda: token_actions.revoke(found, actor=request.user.actor), _("Revoked."))


def _scopes() -> list[tuple[str, str]]:
    words = {
        Scope.TICKETS_READ: _("Read tickets"),
        Scope.TICKETS_WRITE: _("Work on tickets"),
        Scope.CUSTOMERS_READ: _("Read customers"),
        Scope.CUSTOMERS_WRITE: _("Change customers"),
        Scope.ADMIN: _("Administer"),
    }
    return [(str(scope), words[scope]) for scope in Scope]
