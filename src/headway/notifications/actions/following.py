"""Following a ticket: by hand, and by what one does on it."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.following import TicketFollowed, TicketUnfollowed
from headway.foundation.clock import now
from headway.foundation.errors import Forbidden
from headway.notifications.models import Following
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.tickets.models import Ticket


@transaction.atomic
def follow(ticket: Ticket, *, actor: Actor) -> None:
    """The actor hears of what is said on the ticket from now on. Again changes nothing."""
    row, new = Following.objects.select_for_update().get_or_create(
        ticket_id=ticket.pk, agent_id=_person(actor), defaults={"since": now()}
    )
    if not new and row.left_at is None:
        return
    row.left_at = None
    row.save(update_fields=["left_at"])
    journal.record(TicketFollowed(ticket_id=ticket.pk, agent_id=row.agent_id, by="hand"), actor=actor)


@transaction.atomic
def unfollow(ticket: Ticket, *, actor: Actor) -> None:
    """The actor hears of it no more, unless it is theirs, and what they do on it does not change that."""
    row, new = Following.objects.select_for_update().get_or_create(
        ticket_id=ticket.pk, agent_id=_person(actor), defaults={"since": now(), "left_at": now()}
    )
    if not new:
        if row.left_at is not None:
            return
        row.left_at = now()
        row.save(update_fields=["left_at"])
    journal.record(TicketUnfollowed(ticket_id=ticket.pk, agent_id=row.agent_id), actor=actor)


@transaction.atomic
def follow_along(ticket_id: int, reasons: Mapping[int, str], *, actor: Actor) -> None:
    """Makes people follow a ticket by what happened, but for those who do or have stopped. No screen is woken."""
    known = set(Following.objects.filter(ticket_id=ticket_id, agent_id__in=reasons).values_list("agent_id", flat=True))
    fresh = [agent_id for agent_id in reasons if agent_id not in known]
    made = [Following(ticket_id=ticket_id, agent_id=agent_id, since=now()) for agent_id in fresh]
    Following.objects.bulk_create(made, ignore_conflicts=True)
    events = [TicketFollowed(ticket_id=ticket_id, agent_id=one, by=reasons[one]) for one in fresh]
    journal.record_many([journal.Draft(event=event, actor=actor) for event in events], silent=True)


def _person(actor: Actor) -> int:
    require(actor, Permission.READ)
    if actor.kind != "agent" or actor.id is None:
        raise Forbidden(_("Only people follow tickets."))
    return actor.id
