"""Connecting a mailbox: its address, its servers, its sign-in."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from headway.events.actor import Actor
from headway.foundation.errors import HeadwayError, Invalid
from headway.intake.mailboxes import actions, trying
from headway.intake.mailboxes.discovery import Found, discover
from headway.intake.mailboxes.trying import Tried
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
from headway.web.desk.channels.signing_in import go_to
from headway.web.desk.channels.tabs import tabs
from headway.web.desk.channels.testing import after_connecting
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import notices


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
        return go_to(oauth.begin(row, agent=request.user) if row.login in TABLE else after_connecting(row))
    except HeadwayError as refusal:
        form.refuse(refusal)
        return _again(request, found, form, tried)


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
