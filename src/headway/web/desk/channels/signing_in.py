"""Signing in to mailboxes at Microsoft or Google, and registering Headway there."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid
from headway.intake.mailboxes import queries
from headway.intake.models import Mailbox
from headway.intake.oauth import actions as oauth
from headway.intake.oauth.endpoints import TABLE
from headway.intake.oauth.queries import registration
from headway.people.rules import Permission
from headway.web.desk.channels.forms import Form
from headway.web.desk.channels.mailboxes import PAGE
from headway.web.desk.channels.tabs import tabs
from headway.web.desk.channels.testing import after_connecting
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices


@desk(Permission.OPERATE)
def sign_in(request: DeskRequest, mailbox_id: int) -> HttpResponse:
    """POST sends the browser to the provider, to sign in to a mailbox (again)."""
    return go_to(oauth.begin(queries.one(mailbox_id), agent=request.user))


@desk(Permission.OPERATE)
def signed_in(request: DeskRequest) -> HttpResponse:
    """The way back from the provider: with a code the mailbox can be used, with an error it says why not."""
    state, code, error = (request.GET.get(name, "")[:4000] for name in ("state", "code", "error"))
    rows: list[Mailbox] = []

    def finish() -> None:
        if error:
            raise Invalid(oauth.refused(state, error, agent=request.user))
        try:
            rows.append(oauth.finish(state, code, agent=request.user))
        except OSError as away:
            raise Invalid(
                _("The provider cannot be reached. Begin again in a moment. %(why)s") % {"why": away}
            ) from away

    response = done(request, PAGE, finish)
    return HttpResponseRedirect(after_connecting(rows[0])) if rows else response


@desk(Permission.OPERATE)
def provider(request: DeskRequest, name: str) -> HttpResponse:
    """GET explains how Headway is registered at Microsoft or Google. POST enters the registration."""
    if name not in TABLE:
        raise Invalid(_("Choose microsoft or google."), field="name")
    address = (request.POST.get("address") or request.GET.get("address", "")).strip()[:320]
    known = registration(name)
    form = Form({"client_id": known.client_id if known else "", "tenant": known.tenant if known else ""})
    if request.method == "POST":
        form.values |= {key: request.POST.get(key, "") for key in form.values}
        try:
            oauth.register(
                name, actor=request.user.actor, client_secret=request.POST.get("client_secret", ""), **form.values
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            said = _("Registered. Now sign in to the mailbox.")
            return done(request, f"{PAGE}/new?address={address}" if address else PAGE, lambda: None, said)
    shown = {
        "nav": navigation(request), "tabs": tabs(request, PAGE), "name": name, "place": TABLE[name], "form": form,
        "known": known, "return_address": oauth.return_address(), "address": address, "notices": notices(request),
    }  # fmt: skip
    return render(request, "desk/channels/provider.jinja", shown, status=422 if form.errors else 200)


def go_to(address: str) -> HttpResponse:
    """The page's script goes there: a form may not lead to another site, by our own policy."""
    response = HttpResponse()
    response["HX-Redirect"] = address
    return response
