"""Connecting a mailbox: its address, its servers, its sign-in; and signing in at Microsoft or Google."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.events.actor import Actor
from headway.foundation.errors import HeadwayError, Invalid
from headway.intake.mailboxes import actions, queries, trying
from headway.intake.mailboxes.discovery import Found, discover
from headway.intake.mailboxes.trying import Tried
from headway.intake.models import Mailbox
from headway.intake.oauth import actions as oauth
from headway.intake.oauth.endpoints import TABLE
from headway.intake.oauth.queries import registration
from headway.people.actions import brands as brand_actions
from headway.people.models import Brand
from headway.people.queries import brands
from headway.people.rules import Permission
from headway.settings import queries as settings
from headway.web.desk.channels.forms import SECURITIES, Form, of_found, servers
from headway.web.desk.channels.mailboxes import PAGE
from headway.web.desk.channels.tabs import tabs
from headway.web.desk.channels.testing import after_connecting
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices


@desk(Permission.OPERATE)
def new(request: DeskRequest) -> HttpResponse:
    """GET asks for the address; with `address` it shows the servers that were found for it, to be looked at and
    signed in to. Nothing is saved."""
    address = request.GET.get("address", "").strip()[:320]
    shown = _shown(request, address, request.GET.get("brand", ""))
    if not address:
        return render(request, "desk/channels/new.jinja", shown)
    try:
        found = discover(address)
    except Invalid as refusal:
        return render(request, "desk/channels/new.jinja", shown | {"refusal": refusal.message}, status=422)
    return render(request, "desk/channels/new.jinja", shown | _second(found, of_found(found), []))


@desk(Permission.OPERATE)
def connection(request: DeskRequest) -> HttpResponse:
    """POST signs in to the servers that were entered, and saves the mailbox when both sign-ins work."""
    address = request.POST.get("address", "").strip()[:320]
    found = Found(address, provider=request.POST.get("provider", "")[:40])
    form = of_found(found)
    tried: list[Tried] = []
    try:
        fields, secrets = servers(request.POST, form)
        secrets = {name: value for name, value in secrets.items() if value}
        brand = _brand(request)
        if fields.get("login") not in TABLE:
            tried = trying.both(trying.draft(secrets, **fields))
            if not all(one.worked for one in tried):
                return _again(request, found, form, tried)
        row = actions.connect(address=address, brand=brand, actor=request.user.actor, secrets=secrets, **fields)
        return _go(oauth.begin(row, agent=request.user) if row.login in TABLE else after_connecting(row))
    except HeadwayError as refusal:
        form.refuse(refusal)
        return _again(request, found, form, tried)


@desk(Permission.OPERATE)
def sign_in(request: DeskRequest, mailbox_id: int) -> HttpResponse:
    """POST sends the browser to the provider, to sign in to a mailbox (again)."""
    return _go(oauth.begin(queries.one(mailbox_id), agent=request.user))


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


def _shown(request: DeskRequest, address: str, brand: str) -> dict[str, Any]:
    known = list(brands.brands())
    return {
        "nav": navigation(request),
        "tabs": tabs(request, PAGE),
        "notices": notices(request),
        "address": address,
        "brands": [(one.pk, one.name) for one in known] or [("", settings.current().name)],
        "brand": brand,
        "refusal": "",
        "found": None,
    }


def _second(found: Found, form: Form, tried: list[Tried]) -> dict[str, Any]:
    return {
        "found": found,
        "form": form,
        "tried": tried,
        "securities": SECURITIES,
        "registered": registration(found.login) is not None if found.login in TABLE else False,
        "place": TABLE.get(found.login),
    }


def _again(request: DeskRequest, found: Found, form: Form, tried: list[Tried]) -> HttpResponse:
    shown = _shown(request, found.address, request.POST.get("brand", ""))
    return render(request, "desk/channels/new.jinja", shown | _second(found, form, tried), status=422)


def _brand(request: DeskRequest) -> Brand:
    """The chosen brand; in a workspace without one, a first one of the workspace's name."""
    known = list(brands.brands())
    if not known:
        return _first_brand(request.user.actor)
    return next((one for one in known if str(one.pk) == request.POST.get("brand")), known[0])


def _first_brand(actor: Actor) -> Brand:
    return brand_actions.create(actor=actor, name=settings.current().name)


def _go(address: str) -> HttpResponse:
    """The page's script goes there: a form may not lead to another site, by our own policy."""
    response = HttpResponse()
    response["HX-Redirect"] = address
    return response
