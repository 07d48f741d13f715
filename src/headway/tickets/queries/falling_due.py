"""Which replies that wait fall due, and what speaks against sending one."""

from django.db.models import Max

from headway.events.models import Entry
from headway.foundation.clock import now
from headway.people.rules import Permission
from headway.tickets.models import Scheduled, Ticket
from headway.tickets.queries.visibility import visible_to
from headway.tickets.rules.news import KINDS, Happening, news


def due(most: int) -> list[int]:
    """Those whose time has come, the oldest first."""
    rows = Scheduled.objects.filter(due_at__lte=now(), held_at__isnull=True)
    return list(rows.order_by("due_at").values_list("pk", flat=True)[:most])


def last_entry(ticket_id: int) -> int:
    """The last entry of a ticket's journal, 0 for none. Where the ticket is locked, nothing comes between."""
    return Entry.objects.filter(ticket_id=ticket_id).aggregate(last=Max("id"))["last"] or 0


def why_not(scheduled: Scheduled, ticket: Ticket) -> str:
    """What speaks against sending a reply now, with its ticket locked: one of Scheduled.Reasons, or ""."""
    writer = scheduled.agent
    reasons = Scheduled.Reasons
    if ticket.merged_into_id is not None:
        return reasons.MERGED
    if writer.archived_at is not None or not writer.may(Permission.REPLY):
        return reasons.RIGHTS
    if not visible_to(writer).filter(pk=ticket.pk).exists():
        return reasons.RIGHTS
    if ticket.suspected_at is not None:
        return reasons.SPAM
    if ticket.category == "closed":
        return reasons.CLOSED
    since = Entry.objects.filter(ticket_id=ticket.pk, id__gt=scheduled.seen, kind__in=KINDS).order_by("id")
    rows = since.values_list("kind", "actor_kind", "actor_id", "data")
    return news((Happening(*row) for row in rows), scheduled.agent_id)
