"""Replies that wait for their time: on one ticket, in the outbox, and what speaks against sending one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from headway.foundation.errors import NotFound
from headway.foundation.together import Asked, rows_of
from headway.people.models import Agent
from headway.tickets.models import Scheduled, Ticket
from headway.tickets.queries.conversation import FileRow
from headway.tickets.queries.visibility import sane, visible_to

_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A reply that waits. `held_because` is why it did not leave when its time came, "" while it waits."""

    id: int
    ticket_id: int
    subject: str
    agent_id: int
    agent: str
    text: str
    copied: list[str]
    status_id: int | None
    category: str
    due_at: datetime
    written_at: datetime
    held_at: datetime | None
    held_because: str
    files: list[FileRow] = field(default_factory=list)


def waiting_on(ticket: Ticket) -> list[Waiting]:
    """Those on a ticket the caller was let through to, the next to leave first. Two queries, one for none."""
    rows = Scheduled.objects.filter(ticket_id=ticket.pk).select_related("agent", "status", "ticket")
    return _all(list(rows.prefetch_related("files").order_by("due_at", "pk")))


def some_wait(ticket: Ticket) -> Asked[bool]:
    """Whether there are any."""
    return rows_of(Scheduled.objects.filter(ticket_id=ticket.pk)[:1], ("pk",), bool)


def waiting(agent: Agent) -> list[Waiting]:
    """Those on all tickets somebody may see, what was held back first, then the next to leave. Two queries."""
    rows = Scheduled.objects.filter(ticket__in=visible_to(agent)).select_related("agent", "status", "ticket")
    rows = rows.prefetch_related("files").order_by(F("held_at").desc(nulls_last=True), "due_at", "pk")
    return _all(list(rows[:_MOST]))


def held_back(agent: Agent) -> list[Waiting]:
    """Somebody's own replies that did not leave and that they have to look at, the latest first. One query for none."""
    rows = Scheduled.objects.filter(agent_id=agent.pk, held_at__isnull=False, ticket__in=visible_to(agent))
    rows = rows.select_related("agent", "status", "ticket").prefetch_related("files")
    return _all(list(rows.order_by("-held_at")[:_MOST]))


def scheduled_for(agent: Agent, scheduled_id: int) -> Scheduled:
    """One on a ticket the person may see. Raises NotFound."""
    found = Scheduled.objects.select_related("ticket", "agent", "status").filter(
        pk=sane(scheduled_id), ticket__in=visible_to(agent)
    )
    row = found.first()
    if row is None:
        raise NotFound(_("This reply does not wait any more: it has left or was stopped."))
    return row


def _all(rows: Sequence[Scheduled]) -> list[Waiting]:
    return [
        Waiting(
            id=row.pk,
            ticket_id=row.ticket_id,
            subject=row.ticket.subject,
            agent_id=row.agent_id,
            agent=row.agent.name,
            text=row.text,
            copied=[str(one) for one in row.copied],
            status_id=row.status_id,
            category=row.status.category if row.status else "",
            due_at=row.due_at,
            written_at=row.written_at,
            held_at=row.held_at,
            held_because=row.held_because,
            files=[FileRow(one.pk, one.sha256, one.name, one.media_type, one.size) for one in row.files.all()],
        )
        for row in rows
    ]
