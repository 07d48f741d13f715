"""Who else is at the ticket."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.foundation.errors import Invalid
from headway.tickets.models import Ticket
from headway.tickets.queries import ticket_for
from headway.web import presence
from headway.web.desk.door import DeskRequest, desk
from headway.web.presence import DOINGS, Present

SHOWN = 4


@desk()
def here(request: DeskRequest, number: int) -> HttpResponse:
    """GET: who else is there. POST `window` and `doing` (looking, reply, note): the reader is. DELETE `window`: no
    more."""
    if request.method == "DELETE":
        # also of a ticket that is out of sight by now
        presence.leave(request.user, _window(request.GET.get("window")))
        return HttpResponse(status=204)
    ticket = ticket_for(request.user, number)
    if request.method == "POST":
        doing = request.POST.get("doing", "looking")
        if doing not in DOINGS:
            raise Invalid(_("Somebody looks, or types a reply or a note."), field="doing")
        presence.beat(request.user, ticket, _window(request.POST.get("window")), doing)
    return _shown(request, ticket)


def _shown(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    others = presence.present(ticket, beside=request.user)
    typing = [one for one in others if one.doing != "looking"]
    shown = {
        "others": others[:SHOWN],
        "more": max(0, len(others) - SHOWN),
        "looking": looking(others),
        "typing": [sentence(one) for one in typing[:2]],
    }
    return render(request, "desk/_presence.jinja", shown)


def looking(others: Sequence[Present]) -> str:
    """Who is there, in words; "" for nobody."""
    if not others:
        return ""
    names = ", ".join(one.name for one in others[:2])
    rest = len(others) - 2
    if rest > 0:
        return ngettext("%(names)s and %(count)d more are here", "%(names)s and %(count)d more are here", rest) % {
            "names": names,
            "count": rest,
        }
    return (_("%(names)s is here") if len(others) == 1 else _("%(names)s are here")) % {"names": names}


def sentence(one: Present) -> str:
    """What somebody is typing."""
    if one.doing == "reply":
        return _("%(name)s is writing a reply") % {"name": one.name}
    return _("%(name)s is writing a note") % {"name": one.name}


def _window(given: str | None) -> str:
    window = (given or "")[:40]
    if not window.isalnum():
        raise Invalid(_("Name the window."), field="window")
    return window
