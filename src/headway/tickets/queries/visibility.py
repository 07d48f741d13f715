"""The one door to tickets."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from headway.foundation.errors import NotFound
from headway.people.models import Agent, Membership
from headway.people.rules import Permission, Sees
from headway.tickets.models import Message, Note, Ticket


def visible_to(agent: Agent) -> QuerySet[Ticket]:
    """Every ticket the person may see, merged and suspected ones included.

    Who sees own teams or own brands only also sees what is assigned to them. The same rule, for one ticket at a time,
    is `rules.visibility.may_see`; a test holds the two together.
    """
    if agent.archived_at is not None or not agent.may(Permission.READ):
        return Ticket.objects.none()
    match agent.sees:
        case Sees.TEAMS:
            teams = Membership.objects.filter(agent_id=agent.pk).values("team_id")
            return Ticket.objects.filter(Q(team_id__in=teams) | Q(assignee_id=agent.pk))
        case Sees.BRANDS:
            brands = agent.brands.through.objects.filter(agent_id=agent.pk).values("brand_id")
            return Ticket.objects.filter(Q(brand_id__in=brands) | Q(assignee_id=agent.pk))
        case _:
            return Ticket.objects.all()


def sees_all(agent: Agent) -> bool:
    """Whether there is no ticket that `visible_to` keeps from the person."""
    return agent.archived_at is None and agent.may(Permission.READ) and agent.sees == Sees.ALL


def standing(tickets: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """Without suspected spam and without merged tickets: what lists, counts and figures are made of."""
    return tickets.filter(suspected_at__isnull=True, merged_into__isnull=True)


def ticket_for(agent: Agent, ticket_id: int) -> Ticket:
    """One ticket with all its screen shows of it, in one query. Raises NotFound, also for what one may not see."""
    related = ("status", "type", "team", "assignee", "customer", "customer__organisation", "brand", "origin")
    found = visible_to(agent).select_related(*related).filter(pk=sane(ticket_id)).first()
    if found is None:
        raise NotFound(_("There is no ticket #%(id)s, or you may not see it.") % {"id": ticket_id})
    return found


def fresh(ticket: Ticket) -> Ticket:
    """The ticket as it is now, for somebody who was let through to it. Raises NotFound when it is gone."""
    found = Ticket.objects.filter(pk=ticket.pk).first()
    if found is None:
        raise NotFound(_("This ticket does not exist any more."))
    return found


def version_of(ticket: Ticket) -> int:
    """The ticket's version now, for somebody who was let through to it; 0 when it is gone."""
    return Ticket.objects.filter(pk=ticket.pk).values_list("version", flat=True).first() or 0


def message_for(agent: Agent, message_id: int) -> Message:
    """One message of a ticket the person may see. Raises NotFound."""
    found = Message.objects.select_related("ticket").filter(
        pk=sane(message_id), ticket__in=visible_to(agent).values("pk")
    )
    message = found.first()
    if message is None:
        raise NotFound(_("There is no such message, or you may not see it."))
    return message


def note_for(agent: Agent, note_id: int) -> Note:
    """One note of a ticket the person may see. Raises NotFound."""
    found = Note.objects.select_related("ticket").filter(pk=sane(note_id), ticket__in=visible_to(agent).values("pk"))
    note = found.first()
    if note is None:
        raise NotFound(_("There is no such note, or you may not see it."))
    return note


def sane(number: int) -> int:
    """An id the database can compare; one beyond its range belongs to nothing."""
    return number if 0 < number < 2**63 else 0
