"""Hooks at the desk: where providers hand in mails, what came last, why a call was refused, and how to set one up."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings as django_settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.errors import HeadwayError
from headway.intake.hooks import actions, queries
from headway.intake.hooks.queries import HookRow
from headway.people.rules import Permission
from headway.web.desk.channels.providers import NAMES, limit, refusal_words, steps
from headway.web.desk.channels.tabs import tabs
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices

PAGE = "/desk/hooks"


@dataclass(frozen=True, slots=True)
class Line:
    """One hook with its words. `refused`: why a call was refused after the last mail had come."""

    row: HookRow
    provider: str
    address: str
    refused: str


@desk(Permission.SETTINGS)
def hooks(request: DeskRequest) -> HttpResponse:
    """GET: the hooks in use. POST `kind`, `name`, `secret` and `topic` adds one, whose password is shown this once."""
    if request.method == "GET":
        return _page(request)
    given = {name: request.POST.get(name, "") for name in ("kind", "name", "secret", "topic")}
    try:
        hook, password = actions.add(
            given["kind"], given["name"], actor=request.user.actor, secret=given["secret"], topic=given["topic"]
        )
    except HeadwayError as refusal:
        errors = {str(refusal.details.get("field", "")): refusal.message}
        return _new(request, given["kind"], given | {"secret": ""}, errors)
    return _page(request, fresh=hook.pk, password=password)


@desk(Permission.SETTINGS)
def new(request: DeskRequest) -> HttpResponse:
    """The form for one `provider`, with the steps at the provider's own side."""
    return _new(request, request.GET.get("provider", ""), {}, {})


@desk(Permission.SETTINGS)
def hook(request: DeskRequest, hook_id: int) -> HttpResponse:
    """POST changes the name, what is asked of the caller, and whom we believe. An empty key stays as it is."""
    row = queries.hook_by_id(hook_id)
    secret, topic = request.POST.get("secret", "").strip(), request.POST.get("topic")

    def save() -> None:
        actions.change(
            row,
            actor=request.user.actor,
            name=request.POST.get("name", ""),
            secret=secret or None,
            topic=topic,
            trusted_servers=request.POST.get("trusted_servers", "").replace(",", " ").split(),
        )

    return done(request, PAGE, save, _("Saved."))


@desk(Permission.SETTINGS)
def password(request: DeskRequest, hook_id: int) -> HttpResponse:
    """POST makes a new password for Postmark and shows it, this once."""
    row = queries.hook_by_id(hook_id)
    try:
        made = actions.renew_password(row, actor=request.user.actor)
    except HeadwayError as refusal:
        return _page(request, told=[("error", refusal.message)])
    return _page(request, fresh=row.pk, password=made)


@desk(Permission.SETTINGS)
def confirmation(request: DeskRequest, hook_id: int) -> HttpResponse:
    """POST agrees to what the hook's Amazon topic asked."""
    row = queries.hook_by_id(hook_id)
    said = _("Confirmed. Mails of this topic come in from now on.")
    return done(request, PAGE, lambda: actions.confirm(row, actor=request.user.actor), said)


@desk(Permission.SETTINGS)
def removal(request: DeskRequest, hook_id: int) -> HttpResponse:
    """POST: the hook takes nothing any more."""
    row = queries.hook_by_id(hook_id)
    said = _("%(name)s takes nothing any more.") % {"name": row.name}
    return done(request, PAGE, lambda: actions.archive(row, actor=request.user.actor), said)


def _page(
    request: DeskRequest, *, fresh: int = 0, password: str = "", told: list[tuple[str, str]] | None = None
) -> HttpResponse:
    lines = [_line(row) for row in queries.listed()]
    shown = {
        "nav": navigation(request),
        "tabs": tabs(request, PAGE),
        "notices": told if told is not None else notices(request),
        "lines": lines,
        "fresh": next((line for line in lines if line.row.id == fresh), None),
        "secret_address": _with_password(next((line.address for line in lines if line.row.id == fresh), ""), password),
        "public": _is_public(),
    }
    return render(request, "desk/channels/hooks.jinja", shown)


def _new(request: DeskRequest, provider: str, values: dict[str, str], errors: dict[str, str]) -> HttpResponse:
    chosen = provider if provider in NAMES else "mailgun"
    shown: dict[str, Any] = {
        "nav": navigation(request),
        "tabs": tabs(request, PAGE),
        "providers": [(name, f"{PAGE}/new?provider={kind}", kind == chosen, None) for kind, name in NAMES.items()],
        "kind": chosen,
        "provider": NAMES[chosen],
        "steps": steps(chosen),
        "limit": limit(chosen),
        "values": {"name": "", "topic": ""} | values,
        "errors": errors,
        "public": _is_public(),
    }
    return render(request, "desk/channels/hook.jinja", shown, status=422 if errors else 200)


def _line(row: HookRow) -> Line:
    is_newer = row.refused_at is not None and (row.arrived_at is None or row.refused_at > row.arrived_at)
    return Line(
        row=row,
        provider=NAMES.get(row.kind, row.kind),
        address=f"{django_settings.HEADWAY.public_url}{row.address}",
        refused=refusal_words(row.refusal) if is_newer else "",
    )


def _with_password(address: str, password: str) -> str:
    scheme, _separator, rest = address.partition("://")
    return f"{scheme}://headway:{password}@{rest}" if password and rest else ""


def _is_public() -> bool:
    """Whether providers can reach us, and nobody between reads along."""
    return str(django_settings.HEADWAY.public_url).startswith("https://")
