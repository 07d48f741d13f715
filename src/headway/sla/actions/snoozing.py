"""Snooze until shortly before the next response is due, wherever that moves."""

from collections.abc import Collection
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events.actor import Actor
from headway.foundation.errors import Invalid
from headway.sla.models import Clock, DueSnooze
from headway.tickets.actions import snooze
from headway.tickets.actions.attention import move_snooze
from headway.tickets.models import Ticket

AHEAD: Final = timedelta(minutes=30)


@transaction.atomic
def snooze_until_due(ticket: Ticket, *, actor: Actor, expected: int | None = None) -> Ticket:
    """Hides the ticket until half an hour before its response is due; a deadline that moves takes the snooze along.

    Raises Invalid where nothing is due, or sooner than that.
    """
    due = Clock.objects.filter(ticket_id=ticket.pk, due_at__isnull=False).values_list("due_at", flat=True).first()
    if due is None:
        raise Invalid(_("No response is due on this ticket. Choose a time."), field="until")
    row = snooze(ticket, due - AHEAD, actor=actor, expected=expected)
    DueSnooze.objects.update_or_create(ticket=row, defaults={"until": due - AHEAD})
    return row


def follow_due(clocks: Collection[Clock]) -> None:
    """After clocks were counted anew, their tickets locked: what is snoozed until then comes back when it is so now.

    A snooze that somebody chose since, or ended, is left alone; so is one whose clock stands still.
    """
    due = {clock.ticket_id: clock.due_at for clock in clocks if clock.due_at is not None}
    for held in DueSnooze.objects.filter(ticket_id__in=due).select_related("ticket"):
        until = due[held.ticket_id] - AHEAD
        if held.ticket.snoozed_until != held.until:
            held.delete()
        elif until != held.until:
            move_snooze(held.ticket, until, actor=Actor.system())
            held.until = until
            held.save(update_fields=["until"])
