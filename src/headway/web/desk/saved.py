"""Saving a view, and changing, moving, removing one that was saved."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.errors import Forbidden, Invalid
from headway.people.queries import names, teams
from headway.people.rules import Permission
from headway.tickets.actions import views as actions
from headway.tickets.actions.views import Filters
from headway.tickets.models import SavedView
from headway.tickets.queries.views import may_edit, saved_by_id
from headway.tickets.rules.views import saved_of
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.place import Place
from headway.web.desk.responses import announce, toast


@dataclass(frozen=True, slots=True)
class Form:
    """The dialog of a new view (`id` 0) or of one that is there; `into` is the view that could take new filters."""

    id: int
    name: str
    audience: str
    audiences: list[tuple[str, str]]
    place: dict[str, str]
    into: tuple[int, str] | None = None
    error: str = ""


@desk()
def new(request: DeskRequest) -> HttpResponse:
    """The form for a view of the filters that the address carries."""
    here = Place.of(request.GET)
    return _form(request, Form(0, "", "own", _audiences(request), _carried(here), _into(request, here)))


@desk()
def views(request: DeskRequest) -> HttpResponse:
    """POST `name`, `audience` and the place: saves a view; with `into`, that view shows this from now on."""
    here = Place.of(request.POST)
    name, written = request.POST.get("name", ""), request.POST.get("audience", "own")
    actor, agent = request.user.actor, request.user
    number = saved_of(here.view)
    from_view = saved_by_id(agent, number) if number else None
    filters = _filters(here, from_view)
    try:
        if "into" in request.POST and from_view is not None:
            row = actions.edit(from_view, agent=agent, actor=actor, filters=filters)
        else:
            audience, team = _audience(written)
            row = actions.save(name, filters, audience=audience, team=team, agent=agent, actor=actor)
    except (Invalid, Forbidden) as refusal:
        form = Form(
            0, name, written, _audiences(request), _carried(here), _into(request, here), refusal.message
        )  # fmt: skip
        return _form(request, form, 422)
    return _visit(row, _("Saved."))


@desk()
def view(request: DeskRequest, view_id: int) -> HttpResponse:
    """GET: the form with name and audience. POST changes them."""
    row = saved_by_id(request.user, view_id)
    written = f"team-{row.team_id}" if row.team_id else row.audience
    if request.method == "GET":
        return _form(request, Form(row.pk, row.name, written, _audiences(request), {}))
    name, wanted = request.POST.get("name", ""), request.POST.get("audience", written)
    try:
        audience, team = _audience(wanted)
        row = actions.edit(
            row, agent=request.user, actor=request.user.actor, name=name, audience=audience, team=team
        )  # fmt: skip
    except (Invalid, Forbidden) as refusal:
        return _form(request, Form(row.pk, name, wanted, _audiences(request), {}, error=refusal.message), 422)
    return _visit(row, _("Saved."))


@desk()
def position(request: DeskRequest, view_id: int) -> HttpResponse:
    """POST `step`: -1 moves the view up, 1 down."""
    step = {"-1": -1, "1": 1}.get(request.POST.get("step", ""))
    if step is None:
        raise Invalid(_("Say where the view goes: up or down."))
    actions.move(saved_by_id(request.user, view_id), step, agent=request.user, actor=request.user.actor)
    return announce(HttpResponse(), counts={})


@desk()
def removal(request: DeskRequest, view_id: int) -> HttpResponse:
    """POST removes the view; the message it answers with takes that back."""
    row = actions.remove(saved_by_id(request.user, view_id), agent=request.user, actor=request.user.actor)
    response = announce(HttpResponse(), view={"address": Place().address})
    return toast(
        response, _("“%(name)s” removed.") % {"name": row.name}, undo=f"/desk/saved-views/{row.pk}/restoration"
    )


@desk()
def restoration(request: DeskRequest, view_id: int) -> HttpResponse:
    """POST brings a removed view back."""
    row = saved_by_id(request.user, view_id, removed=True)
    return _visit(actions.restore(row, agent=request.user, actor=request.user.actor), _("It is back."))


def _visit(row: SavedView, said: str) -> HttpResponse:
    response = announce(HttpResponse(), view={"address": f"/desk/views/{row.address_name}"})
    return toast(response, said)


def _form(request: DeskRequest, form: Form, status: int = 200) -> HttpResponse:
    return render(request, "desk/_saved.jinja", {"form": form}, status=status)


def _carried(here: Place) -> dict[str, str]:
    return {"in": here.view, "q": here.q, **here.narrowed}


def _filters(here: Place, from_view: SavedView | None) -> Filters:
    """What the place shows; of a saved view, its own filters with those of the place on top."""
    narrowing = {name: value for name, value in here.narrowed.items() if name != "order"}
    if from_view is None:
        # a search looks everywhere: so does what is saved of it
        base = "all" if here.q and here.view != "spam" else here.view
        return Filters(base=base, narrowing=narrowing, q=here.q, order=here.order or "active")
    return Filters(
        base=from_view.base,
        narrowing={**from_view.narrowing, **narrowing},
        q=" ".join(filter(None, (from_view.q, here.q))),
        order=here.order or from_view.order,
    )


def _into(request: DeskRequest, here: Place) -> tuple[int, str] | None:
    number = saved_of(here.view)
    if number is None:
        return None
    row = saved_by_id(request.user, number)
    return (row.pk, row.name) if may_edit(request.user, row) else None


def _audiences(request: DeskRequest) -> list[tuple[str, str]]:
    """Whom this person may save views for."""
    offered: list[tuple[str, str]] = [("own", _("Only me"))]
    if request.user.may(Permission.WORK):
        offered += [
            (f"team-{team.id}", _("%(name)s (team)") % {"name": team.name}) for team in names.teams_of(request.user)
        ]
    if request.user.may(Permission.TEAMS):
        offered.append(("all", _("Everybody")))
    return offered


def _audience(written: str) -> tuple[str, Any]:
    digits = written.removeprefix("team-")
    if digits != written:
        return "team", teams.team_by_id(int(digits)) if digits.isdecimal() and len(digits) < 19 else None
    return written, None
