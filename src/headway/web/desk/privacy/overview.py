"""Privacy for the workspace: erasures and archives under way, holds, how long things are kept."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.people.rules import Permission
from headway.privacy.actions import erasing
from headway.privacy.actions import holds as hold_actions
from headway.privacy.queries import erasures, exports, holds
from headway.tickets.queries import ticket_for
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices
from headway.web.desk.privacy.customer import day
from headway.web.desk.words import number

PAGE = "/desk/privacy"
HOLDS = "/desk/holds"


@desk(Permission.PRIVACY)
def privacy(request: DeskRequest) -> HttpResponse:
    """Erasures and archives, the latest first."""
    shown = {
        "nav": navigation(request), "tabs": tabs(PAGE), "notices": notices(request), "erasures": erasures.latest(),
        "exports": exports.latest(),
    }  # fmt: skip
    return render(request, "desk/privacy/overview.jinja", shown)


@desk(Permission.PRIVACY)
def erasure(request: DeskRequest, erasure_id: int) -> HttpResponse:
    """How far an erasure has come; while it runs its page asks again."""
    shown = {"erasure": erasures.erasure_by_id(erasure_id)}
    return render(request, "desk/privacy/_erasure.jinja", shown)


@desk(Permission.PRIVACY)
def interruption(request: DeskRequest, erasure_id: int) -> HttpResponse:
    """POST stops an erasure after the portion it is at."""
    found = erasures.erasure_by_id(erasure_id)
    said = _("Stopped. What went is gone; the rest stays until you go on.")
    back = f"/desk/customers/{found.customer_id}/privacy"
    return done(request, back, lambda: erasing.stop(found, actor=request.user.actor), said)


@desk(Permission.PRIVACY)
def resumption(request: DeskRequest, erasure_id: int) -> HttpResponse:
    """POST lets an erasure go on."""
    found = erasures.erasure_by_id(erasure_id)
    back = f"/desk/customers/{found.customer_id}/privacy"
    return done(request, back, lambda: erasing.resume(found, actor=request.user.actor), _("It goes on."))


@desk(Permission.PRIVACY)
def all_holds(request: DeskRequest) -> HttpResponse:
    """GET: what law or contract keeps today. POST `ticket`, `reason`, `until`: keeps one ticket."""
    if request.method == "GET":
        shown = {
            "nav": navigation(request), "tabs": tabs(HOLDS), "notices": notices(request), "holds": holds.listed(),
        }  # fmt: skip
        return render(request, "desk/privacy/holds.jinja", shown)

    def place() -> None:
        ticket = ticket_for(request.user, number(request.POST.get("ticket")) or 0)
        reason, until = request.POST.get("reason", ""), day(request.POST.get("until", ""))
        hold_actions.place(reason=reason, until=until, ticket=ticket, actor=request.user.actor)

    return done(request, HOLDS, place, _("Kept. The ticket is not erased while the hold stands."))


@desk(Permission.PRIVACY)
def lifting(request: DeskRequest, hold_id: int) -> HttpResponse:
    """POST ends a hold before its time."""
    found = holds.hold_by_id(hold_id)
    said = _("Lifted. Erasures that waited for it go on at night.")
    return done(request, HOLDS, lambda: hold_actions.lift(found, actor=request.user.actor), said)


def tabs(here: str) -> list[tuple[str, str, bool, None]]:
    """The pages that stand beside each other."""
    pages = [(_("Erasures and archives"), PAGE), (_("Legal holds"), HOLDS), (_("Retention"), "/desk/retention")]
    return [(words, address, address == here, None) for words, address in pages]
