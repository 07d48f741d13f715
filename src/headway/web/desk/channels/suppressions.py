"""The addresses nothing is sent to: why, since when, and how to write to one again."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.intake.models import Suppression
from headway.intake.suppression import actions, queries
from headway.people.rules import Permission
from headway.web.desk.channels.tabs import tabs
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices

PAGE = "/desk/suppressions"


@desk()
def suppressions(request: DeskRequest) -> HttpResponse:
    """Suppressed addresses, the newest first; `q` finds a part of an address."""
    words = request.GET.get("q", "").strip()[:320]
    page = queries.listed(search=words, cursor=request.GET.get("cursor"))
    following = {key: value for key, value in {"q": words, "cursor": page.next}.items() if value}
    shown = {
        "nav": navigation(request),
        "tabs": tabs(request, PAGE),
        "notices": notices(request),
        "rows": [(row, reason_words(row.reason)) for row in page.rows],
        "words": words,
        "next": f"{PAGE}?{urlencode(following)}" if page.next else "",
        "may_decide": request.user.may(Permission.OPERATE),
    }
    return render(request, "desk/channels/suppressions.jinja", shown)


@desk(Permission.OPERATE)
def addition(request: DeskRequest) -> HttpResponse:
    """POST `address`: nothing is sent to it any more."""
    address = request.POST.get("address", "")
    said = _("Nothing is sent to %(address)s any more.") % {"address": address.strip()[:320]}

    def add() -> None:
        actions.suppress(address, Suppression.Reasons.ASKED, actor=request.user.actor)

    return done(request, PAGE, add, said)


@desk(Permission.OPERATE)
def restoration(request: DeskRequest, suppression_id: int) -> HttpResponse:
    """POST lets mail go to an address again."""
    row = queries.one(suppression_id)
    said = _("%(address)s is written to again. What was not sent is not sent by itself: use Try again on the message.")
    return done(request, PAGE, lambda: actions.restore(row, actor=request.user.actor), said % {"address": row.address})


def reason_words(reason: str) -> str:
    """Why nothing is sent to an address, short."""
    return {
        "bounced": _("Mail came back for good"),
        "complained": _("Its reader called our mail spam"),
        "asked": _("Stopped by the team"),
    }.get(reason, reason)
