"""One's own account, and joining by invitation. Signing in itself is allauth's."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import LoginView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from headway.foundation.clock import now
from headway.foundation.errors import HeadwayError, Invalid
from headway.people.actions import agents, invitations
from headway.people.models import Invitation
from headway.people.queries.agents import invitation_by_secret, somebody_is_here
from headway.settings import queries as settings
from headway.web.accounts.factors import has_second_factor
from headway.web.accounts.forms import Join, Profile
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import notices


class SignIn(LoginView):  # type: ignore[misc]  # allauth has no types
    """Address and password. A workspace that nobody is in yet says how the first one comes in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows."""
        return {**super().get_context_data(**kwargs), "nobody_yet": not somebody_is_here()}


@desk()
def account(request: DeskRequest) -> HttpResponse:
    """GET: the person's account. POST `name`, `language` and `timezone` changes the profile."""
    person = request.user
    present = {"name": person.name, "language": person.language, "timezone": person.timezone}
    form = Profile(request.POST if request.method == "POST" else None, initial=present)
    if request.method == "POST" and form.is_valid():
        try:
            agents.edit_profile(person, actor=person.actor, **form.cleaned_data)
        except Invalid as refusal:
            form.add_error(str(refusal.details.get("field", "name")), refusal.message)
        else:
            # in the language they have just chosen, as the page that says it
            with translation.override(settings.spoken(form.cleaned_data["language"])):
                messages.success(request, _("Saved."))
            return redirect("account")
    shown = {
        "nav": navigation(request),
        "form": form,
        "notices": notices(request),
        "second_factor": has_second_factor(person),
        "second_factor_required": settings.current().second_factor_required,
    }
    return render(request, "account/account.jinja", shown, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters("password")
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """GET: the invitation. POST `name` and `password` joins the team and signs in."""
    found = invitation_by_secret(secret)
    reason = _why_not(found)
    form = Join(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not reason and form.is_valid():
        try:
            agent = invitations.accept(
                secret,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password"],
                language=_language(),
                timezone=_zone(),
            )
        except Invalid as refusal:
            form.add_error(str(refusal.details.get("field", "name")), refusal.message)
        except HeadwayError as refusal:
            reason = refusal.message
        else:
            get_adapter(request).login(request, agent)
            record_authentication(request, agent, method="password", reauthenticated=True)
            return redirect("desk")
    shown = {"form": form, "email": found.email, "reason": reason, "workspace": settings.current().name}
    response = render(request, "account/invitation.jinja", shown, status=_status(form, reason))
    # the address of this page is the secret; without any referrer browsers would send no origin with the form
    response["Referrer-Policy"] = "strict-origin"
    return response


def _why_not(found: Invitation) -> str:
    if found.accepted_at is not None:
        return _("This invitation was used already. Sign in with the password you chose.")
    if found.revoked_at is not None or found.expires_at <= now():
        return _("This invitation is not valid any more. Ask an administrator for a new one.")
    return ""


def _status(form: Join, reason: str) -> int:
    if reason:
        return 410
    return 422 if form.errors else 200


def _language() -> str:
    """The language of the page they joined on becomes theirs, unless it is the workspace's own."""
    language = get_language() or ""
    return "" if language == settings.current().language else language


def _zone() -> str:
    """The same for the time zone, which their browser told."""
    zone = timezone.get_current_timezone_name()
    return "" if zone == settings.current().timezone else zone
