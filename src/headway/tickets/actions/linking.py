"""Tickets that belong together."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.tickets import TicketsLinked, TicketsUnlinked
from headway.foundation.clock import now
from headway.foundation.errors import Invalid
from headway.people.rules import Permission
from headway.tickets.actions.opening import opened, touched
from headway.tickets.models import Link, Ticket


@transaction.atomic
def link(ticket: Ticket, other: Ticket, kind: str, *, actor: Actor) -> Link:
    """Says how a ticket stands to another. The same link again changes nothing."""
    row = opened(ticket, actor=actor, needs=Permission.WORK)
    if row.pk == other.pk:
        raise Invalid(_("A ticket cannot be linked to itself."), field="other")
    if kind not in Link.Kinds.values:
        raise Invalid(_("There is no such kind of link."), field="kind")
    found, fresh = Link.objects.get_or_create(ticket=row, other=other, kind=kind, defaults={"at": now()})
    if fresh:
        touched(row)
        journal.record(TicketsLinked(ticket_id=row.pk, other_id=other.pk, link=kind), actor=actor)
    return found


@transaction.atomic
def unlink(ticket: Ticket, other: Ticket, kind: str, *, actor: Actor) -> None:
    """Removes a link; one that is not there changes nothing."""
    row = opened(ticket, actor=actor, needs=Permission.WORK)
    gone, _details = Link.objects.filter(ticket=row, other=other, kind=kind).delete()
    if gone:
        touched(row)
        journal.record(TicketsUnlinked(ticket_id=row.pk, other_id=other.pk, link=kind), actor=actor)


def follow_up(ticket: Ticket, of: Ticket, *, actor: Actor, at: datetime, silent: bool) -> None:
    """Links a new ticket to the closed one it goes on from."""
    Link.objects.create(ticket=ticket, other=of, kind=Link.Kinds.FOLLOW_UP, at=at)
    event = TicketsLinked(ticket_id=ticket.pk, other_id=of.pk, link=Link.Kinds.FOLLOW_UP)
    journal.record(event, actor=actor, at=at, silent=silent)
