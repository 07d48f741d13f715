"""What the reader has read of a ticket."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from headway.notifications.actions import telling
from headway.tickets.actions import readings
from headway.tickets.queries import ticket_for
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.responses import announce, toast
from headway.web.desk.timeline import Seen


@desk()
def reading(request: DeskRequest, number: int) -> HttpResponse:
    """POST `seen`: they had it in front of them up to there. DELETE: the last that others said is unread again, and
    the ticket closes."""
    ticket = ticket_for(request.user, number)
    if request.method == "DELETE":
        readings.mark_unread(ticket, actor=request.user.actor)
        response = announce(HttpResponse(), unread={"id": number})
        return toast(response, _("Marked as unread."))
    seen = Seen.of(request.POST.get("seen"))
    telling.read_ticket(ticket, actor=request.user.actor)
    readings.read(ticket, actor=request.user.actor, message_id=seen.message, note_id=seen.note)
    return HttpResponse(status=204)
