"""A ticket as a change leaves it."""

from django.http import HttpResponse

from headway.tickets import queries
from headway.web.api.answers import answer


def shown(ticket_id: int, status: int = 200, *, location: str | None = None) -> HttpResponse:
    """The whole row with its version as ETag, for somebody who was let through to the ticket."""
    row = queries.detail_after(ticket_id)
    return answer(row, status, version=row.version, location=location)
