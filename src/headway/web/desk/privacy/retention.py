"""How long things are kept: rules, what each would erase now, what each did."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.people.queries import brands
from headway.people.rules import Permission
from headway.privacy.actions import retention as actions
from headway.privacy.models import Rule
from headway.privacy.queries import retention as queries
from headway.tickets.models import Status
from headway.tickets.queries import setup
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices
from headway.web.desk.privacy.overview import tabs
from headway.web.desk.words import chosen, number

PAGE = "/desk/retention"


@desk(Permission.PRIVACY)
def rules(request: DeskRequest) -> HttpResponse:
    """GET: the rules with their latest run. POST makes one, switched off."""
    if request.method == "POST":
        said = _("Made, and switched off. Look at what it would erase before you switch it on.")
        return done(request, PAGE, lambda: _define(request), said)
    found = queries.rules()
    last = queries.last_runs(found)
    finished = [
        (str(each), str(each.label)) for each in (Status.Categories.CLOSED, Status.Categories.SOLVED)
    ]  # fmt: skip
    shown = {
        "nav": navigation(request),
        "tabs": tabs(PAGE),
        "notices": notices(request),
        "rules": [(rule, last.get(rule.pk)) for rule in found],
        "scopes": Rule.Scopes.choices,
        "categories": finished,
        "brands": [("", _("Any")), *((str(one.pk), one.name) for one in brands.brands())],
        "types": [("", _("Any")), *((str(one.pk), one.name) for one in setup.types())],
    }
    return render(request, "desk/privacy/retention.jinja", shown)


@desk(Permission.PRIVACY)
def rule(request: DeskRequest, rule_id: int) -> HttpResponse:
    """GET: what the rule would erase now, and what it did. POST `on` (1 or 0) switches it; POST `archive` ends it."""
    found = queries.rule_by_id(rule_id)
    if request.method == "GET":
        shown = {"rule": found, "dry": queries.dry_run(found), "runs": queries.runs(found)}
        return render(request, "desk/privacy/_rule.jinja", shown)
    actor = request.user.actor
    if "archive" in request.POST:
        return done(request, PAGE, lambda: actions.archive(found, actor=actor), _("Removed. What it did stays gone."))
    on = request.POST.get("on") == "1"
    said = _("Switched on. It runs every night.") if on else _("Switched off. Nothing is erased by it any more.")
    return done(request, PAGE, lambda: actions.switch(found, on=on, actor=actor), said)


def _define(request: DeskRequest) -> None:
    given = request.POST
    brand = chosen(brands.brands(), given["brand"]) if given.get("brand") else None
    kind = chosen(setup.types(), given["type"]) if given.get("type") else None
    actions.define(
        name=given.get("name", ""), scope=given.get("scope", ""), days=number(given.get("days")) or 0,
        category=given.get("category", ""), brand=brand, kind=kind, actor=request.user.actor,
    )  # fmt: skip
