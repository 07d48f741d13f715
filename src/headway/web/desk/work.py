"""The reader's own active time on a ticket."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from headway.tickets.actions.work import work as worked
from headway.tickets.queries import ticket_for
from headway.tickets.queries.work import active_ms
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.words import number as number_of


@desk()
def work(request: DeskRequest, number: int) -> HttpResponse:
    """POST `visit` and `ms`: so much of this visit was active so far. Answers with the whole time in words."""
    ticket = ticket_for(request.user, number)
    told = number_of(request.POST.get("ms")) or 0
    worked(ticket, request.POST.get("visit", ""), told, actor=request.user.actor)
    return HttpResponse(spent(active_ms(request.user, ticket)), content_type="text/plain; charset=utf-8")


def spent(milliseconds: int) -> str:
    """A length of time: "under a minute", "4 min", "1 h 20 min"."""
    minutes = milliseconds // 60_000
    if minutes < 1:
        return _("under a minute")
    if minutes < 60:
        return _("%(minutes)d min") % {"minutes": minutes}
    return _("%(hours)d h %(minutes)d min") % {"hours": minutes // 60, "minutes": minutes % 60}
