"""What is owed on each ticket, kept in step with its journal."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from headway.events import journal
from headway.events.actor import Actor
from headway.events.journal import Draft
from headway.events.vocabulary.service import TargetMissed
from headway.foundation.clock import now
from headway.sla.actions.snoozing import follow_due
from headway.sla.models import Clock
from headway.sla.queries import clocks_of
from headway.sla.rules import clocks
from headway.tickets.models import Ticket

FIELDS = ["kind", "since", "due_at", "left_seconds", "announced_at"]


@transaction.atomic
def recount(ticket_ids: Sequence[int], *, silent: bool = False) -> int:
    """Counts the clocks of these tickets anew; returns on how many a response is owed.

    The result depends on the journal alone: again changes nothing. `silent` is for imported history: targets missed
    by now are not announced.
    """
    # locked before the journal is read, so that no event of these tickets is written meanwhile
    tickets = Ticket.objects.select_for_update(no_key=True).filter(pk__in=list(ticket_ids)).order_by("pk")
    found = list(tickets.values_list("pk", "suspected_at", "snoozed_until"))
    standing = [pk for pk, suspected, _snoozed in found if suspected is None]
    kept = Clock.objects.filter(ticket_id__in=list(ticket_ids)).values_list("ticket_id", "since", "announced_at")
    known = {ticket_id: (since, announced_at) for ticket_id, since, announced_at in kept}
    rows = []
    for ticket_id, clock in clocks_of(standing).items():
        if clock.promise is None:
            continue
        row = _row(ticket_id, clock.promise)
        if ticket_id in known and known[ticket_id][0] == row.since:
            row.announced_at = known[ticket_id][1]
        if silent and row.due_at is not None and row.due_at <= now():
            row.announced_at = row.announced_at or now()
        rows.append(row)
    over = known.keys() - {row.ticket_id for row in rows}
    if over:
        Clock.objects.filter(ticket_id__in=over).delete()
    if rows:
        Clock.objects.bulk_create(rows, update_conflicts=True, unique_fields=["ticket"], update_fields=FIELDS)
    if any(snoozed for _pk, _suspected, snoozed in found):
        follow_due(rows)
    return len(rows)


@transaction.atomic
def announce_missed(limit: int = 500) -> int:
    """Records, once for each promise, that a response was due and did not come. Returns how many."""
    at = now()
    missed = list(
        Clock.objects.select_for_update(skip_locked=True)
        .filter(due_at__lt=at, announced_at__isnull=True)
        .order_by("due_at")[:limit]
    )
    Clock.objects.filter(pk__in=[clock.pk for clock in missed]).update(announced_at=at)
    drafts = [
        Draft(
            event=TargetMissed(ticket_id=clock.pk, promise=clock.kind, due_ms=_milliseconds(clock.due_at)),
            actor=Actor.system(),
            at=clock.due_at,
        )
        for clock in missed
    ]
    journal.record_many(drafts)
    return len(missed)


def _row(ticket_id: int, promise: clocks.Promise) -> Clock:
    left = promise.left
    return Clock(
        ticket_id=ticket_id,
        kind=promise.kind,
        since=promise.since,
        due_at=promise.due,
        left_seconds=None if left is None else int(left.total_seconds()),
    )


def _milliseconds(at: datetime | None) -> int:
    assert at is not None  # the filter above
    return int(at.timestamp() * 1000)
