"""Whom a note may call to a ticket."""

from django.http import HttpResponse
from django.shortcuts import render

from headway.people.rules import Permission
from headway.tickets.queries import mentions, ticket_for
from headway.web.desk.door import DeskRequest, desk


@desk(Permission.NOTE)
def callees(request: DeskRequest, number: int) -> HttpResponse:
    """Everybody who can be mentioned; it says of whom the ticket is out of sight."""
    ticket = ticket_for(request.user, number)
    others = [one for one in mentions.callees(ticket) if (one.kind, one.id) != ("agent", request.user.pk)]
    return render(request, "desk/_callees.jinja", {"callees": others})
