"""Active time: how long somebody had a ticket in front of them, focused and used.

A window tells, again and again, how much of one visit was active so far. When a visit has ended it goes into the
journal as one event: that is what every number comes from.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.tickets import TicketWorked
from headway.foundation.clock import now
from headway.foundation.errors import Forbidden, Invalid
from headway.people.models import Agent
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.tickets.models import Stretch, Ticket
from headway.tickets.rules.work import counted

# A visit of which nothing is heard for so long has ended; what is told of it later does not count.
ENDED = timedelta(minutes=3)
# Shorter ones are a look in passing.
LEAST_MS = 1000
BATCH = 500
_MOST_MS = 24 * 60 * 60 * 1000
_MILLISECOND = timedelta(milliseconds=1)


@transaction.atomic
def work(ticket: Ticket, visit: str, active_ms: int, *, actor: Actor) -> None:
    """Takes what a window tells of one visit: its active milliseconds so far. Told again it changes nothing.

    All windows of a person together count for no longer than the clock runs. Raises Forbidden, Invalid.
    """
    require(actor, Permission.READ)
    if actor.kind != "agent" or actor.id is None:
        raise Forbidden(_("Only people work on tickets."))
    if not visit.isalnum() or not 0 <= active_ms <= _MOST_MS:
        raise Invalid(_("A visit has a name and a length of at most a day."), field="active_ms")
    # their windows take turns
    Agent.objects.select_for_update(no_key=True).filter(pk=actor.id).first()
    at = now()
    row = Stretch.objects.filter(agent_id=actor.id, visit=visit[:40]).first()
    if row is not None and (row.recorded_at is not None or row.ticket_id != ticket.pk):
        return
    last = Stretch.objects.filter(agent_id=actor.id).order_by("-heard_at").values_list("heard_at", flat=True).first()
    free = None if last is None else (at - last) // _MILLISECOND
    total = counted(active_ms, row.active_ms if row else None, free)
    if row is None:
        Stretch.objects.create(agent_id=actor.id, visit=visit[:40], ticket=ticket, active_ms=total, heard_at=at)
    elif total > row.active_ms:
        row.active_ms, row.heard_at = total, at
        row.save(update_fields=["active_ms", "heard_at"])


@transaction.atomic
def record_ended(*, actor: Actor) -> int:  # noqa: ARG001 (each visit is its own person's)
    """Writes visits that have ended into the journal, at most 500; returns how many were looked at."""
    over = Stretch.objects.filter(recorded_at__isnull=True, heard_at__lt=now() - ENDED).order_by("heard_at")
    rows = list(over.select_for_update(skip_locked=True)[:BATCH])
    worked = [row for row in rows if row.active_ms >= LEAST_MS]
    drafts = [
        journal.Draft(
            event=TicketWorked(ticket_id=row.ticket_id, active_ms=row.active_ms),
            actor=Actor("agent", row.agent_id),
            at=row.heard_at,
        )
        for row in worked
    ]
    # no screen shows it: nobody is woken
    journal.record_many(drafts, silent=True)
    Stretch.objects.filter(pk__in=[row.pk for row in worked]).update(recorded_at=now())
    Stretch.objects.filter(pk__in=[row.pk for row in rows if row.active_ms < LEAST_MS]).delete()
    return len(rows)
