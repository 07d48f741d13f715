"""An import begun at the desk: uploaded or fetched, looked at, started, stopped, gone on with."""

from collections.abc import Iterator
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.errors import HeadwayError, Invalid
from headway.insight.sources.catalogue import SOURCES as FETCHED
from headway.moving.actions import plans, starting
from headway.moving.actions.plans import PIECE, Plan
from headway.moving.models import Run
from headway.moving.queries import runs
from headway.people.rules import Permission
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices
from headway.web.desk.settings.form import Form
from headway.web.desk.settings.imports import PAGE, report

_EMPTY: Final = {"system": "", "link": "", "kind": "", "place": "", "token": "", "file": ""}


@desk(Permission.SETTINGS)
def new(request: DeskRequest) -> HttpResponse:
    """GET: where from. POST `file` uploads an export, or `kind`, `place` and `token` name what to fetch it from."""
    form = Form({**_EMPTY})
    if request.method == "POST":
        typed = form.read(request)
        try:
            run = _fetched(request, typed) if "place" in request.POST else _uploaded(request, typed)
        except HeadwayError as refusal:
            form.refuse(refusal)
        else:
            return _to(request, f"{PAGE}/{run.pk}")
    form.values["token"] = ""
    shown = {
        "nav": navigation(request), "notices": notices(request), "form": form,
        "kinds": [(scheme, source.name) for scheme, source in FETCHED.items()],
        "wants": [(source.name, _(source.wants)) for source in FETCHED.values()],
    }  # fmt: skip
    return render(request, "desk/settings/import_new.jinja", shown, status=form.status)


@desk(Permission.SETTINGS)
def run(request: DeskRequest, import_id: int) -> HttpResponse:
    """POST starts what was looked at, or goes on with what was stopped."""
    row = runs.run_by_id(import_id)
    return done(request, f"{PAGE}/{row.pk}", lambda: starting.start(row, actor=request.user.actor))


@desk(Permission.SETTINGS)
def run_ending(request: DeskRequest, import_id: int) -> HttpResponse:
    """POST stops it behind the portion it is writing."""
    row = runs.run_by_id(import_id)
    said = _("It stops behind the portion it is writing.")
    return done(request, f"{PAGE}/{row.pk}", lambda: starting.stop(row, actor=request.user.actor), said)


@desk(Permission.SETTINGS)
def removal(request: DeskRequest, import_id: int) -> HttpResponse:
    """POST deletes what was uploaded or entered."""
    row = runs.run_by_id(import_id)
    return done(request, PAGE, lambda: plans.discard(row, actor=request.user.actor), _("The upload is deleted."))


@desk(Permission.SETTINGS)
def one(request: DeskRequest, import_id: int) -> HttpResponseBase:
    """GET: how it stands. POST looks again: with another kind, name, zone or meaning of columns."""
    if request.method != "POST":
        return report(request, import_id)
    row = runs.run_by_id(import_id)
    columns = dict(zip(request.POST.getlist("column"), request.POST.getlist("field"), strict=False))
    plan = Plan(
        source=request.POST.get("source", "")[:20],
        system=request.POST.get("system", "").strip()[:40],
        zone=request.POST.get("zone", "").strip()[:60] or "UTC",
        link=request.POST.get("link", "").strip()[:500],
        columns=columns,
        close_after=_days(request.POST.get("close_after", "")),
    )
    return done(request, f"{PAGE}/{row.pk}", lambda: plans.look(row, plan, actor=request.user.actor))


def _days(text: str) -> int:
    """What was typed as a number of days; -1 for what is none, which the plan refuses."""
    plain = text.strip()
    return (int(plain) if plain.isdecimal() and len(plain) < 10 else -1) if plain else 0


def _uploaded(request: DeskRequest, typed: dict[str, Any]) -> Run:
    sent = request.FILES.get("file")
    if sent is None:
        raise Invalid(_("Choose a file."), field="file")
    actor = request.user.actor
    row = plans.prepare(Plan(system=typed["system"], link=typed["link"], file_name=sent.name or ""), actor=actor)
    try:
        offset = 0
        for piece in _pieces(sent):
            plans.receive(row, offset, piece, actor=actor)
            offset += len(piece)
        return plans.look(row, actor=actor)
    except HeadwayError:
        plans.discard(row, actor=actor)
        raise


def _pieces(sent: "UploadedFile[bytes]") -> Iterator[bytes]:
    yield from sent.chunks(PIECE)


def _fetched(request: DeskRequest, typed: dict[str, Any]) -> Run:
    kind = typed["kind"] if typed["kind"] in FETCHED else ""
    address = typed["place"] if "://" in typed["place"] else f"{kind}://{typed['place']}"
    plan = Plan(system=typed["system"], link=typed["link"], address=address[:200], token=typed["token"])
    return plans.prepare(plan, actor=request.user.actor)


def _to(request: DeskRequest, page: str) -> HttpResponse:
    """To a page: the script that shows how far an upload is follows a header, a browser without it a redirect."""
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(page)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = page
    return response
