"""Brands: the names under which customers meet the workspace, their addresses and their look."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.people.actions import brands as actions
from headway.people.models import Brand
from headway.people.queries import brands as queries
from headway.people.rules import Permission
from headway.people.rules.pictures import LARGEST, WIDEST
from headway.tickets.queries import usage
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices
from headway.web.desk.settings.archiving import MOST_COUNTED, decided
from headway.web.desk.settings.form import Form

PAGE = "/desk/settings/brands"
ACCENT = "#3b5bdb"


@desk(Permission.SETTINGS)
def brands(request: DeskRequest) -> HttpResponse:
    """The brands with the addresses replies leave from, and those that were archived."""
    told = {
        "nav": navigation(request), "notices": notices(request), "brands": queries.brands(),
        "archived": queries.archived(),
    }  # fmt: skip
    return render(request, "desk/settings/brands.jinja", told)


@desk(Permission.SETTINGS)
def new(request: DeskRequest) -> HttpResponse:
    """GET: the form. POST `name`, `accent` and `signature` adds a brand and goes to it, for its addresses."""
    form = Form({"name": "", "accent": ACCENT, "signature": "", "logo_in_mails": False})
    if request.method == "POST":
        typed = form.read(request)
        made: list[Brand] = []
        if form.save(
            request,
            lambda: made.append(actions.create(actor=request.user.actor, **_look(typed))),
            PAGE,
            _("Added. Now give it the addresses its customers write to."),
        ):
            return done(request, f"{PAGE}/{made[0].pk}", lambda: None)
    return page(request, None, form)


@desk(Permission.SETTINGS)
def brand(request: DeskRequest, brand_id: int) -> HttpResponse:
    """GET: the form with the addresses. POST `name`, `accent` and `signature` changes the brand."""
    row = queries.brand_by_id(brand_id)
    form = Form(shown(row))
    if request.method == "POST":
        typed = form.read(request)
        if saved := form.save(
            request,
            lambda: actions.edit(row, actor=request.user.actor, **_look(typed)),
            f"{PAGE}/{row.pk}",
            _("Saved."),
        ):
            return saved
    return page(request, row, form)


default = decided(
    PAGE, queries.brand_by_id, actions.make_default, lambda: _("What belongs to no other brand is of %(name)s now.")
)
archival = decided(
    PAGE, queries.brand_by_id, actions.archive, lambda: _("%(name)s is archived. Bring it back below if you need it.")
)
restoration = decided(PAGE, queries.brand_by_id, actions.restore, lambda: _("%(name)s is used again."))


def _look(typed: dict[str, Any]) -> actions.Look:
    return actions.Look(
        name=typed["name"], accent=typed["accent"] or ACCENT, signature=typed["signature"],
        logo_in_mails=typed["logo_in_mails"],
    )  # fmt: skip


def shown(row: Brand) -> dict[str, Any]:
    """The brand's values as its form holds them."""
    return {
        "name": row.name, "accent": row.accent, "signature": row.signature, "logo_in_mails": row.logo_in_mails,
    }  # fmt: skip


def page(request: DeskRequest, row: Brand | None, form: Form) -> HttpResponse:
    """The page of one brand with this form."""
    form.values = {"address": "", "shown_as": ""} | form.values
    told = {
        "nav": navigation(request), "notices": notices(request), "brand": row, "form": form,
        "addresses": list(row.addresses.order_by("-is_primary", "address")) if row else [],
        "logo_most": LARGEST, "logo_side": WIDEST,
        "used": usage.of_brand(row.pk, MOST_COUNTED) if row else 0,
    }  # fmt: skip
    return render(request, "desk/settings/brand.jinja", told, status=form.status)
