"""One answer for all incidents of a problem, each in its own thread."""

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.incidents import IncidentAnswered
from headway.foundation import markdown
from headway.foundation.errors import Conflict, Invalid
from headway.people.models import Agent
from headway.tickets.actions.creating import Words
from headway.tickets.actions.messages import reply
from headway.tickets.models import Link, Message, Status, Ticket
from headway.tickets.queries.macros import values_of
from headway.tickets.rules.macros import render, unfilled


@transaction.atomic
def answer_incident(
    incident: Ticket, problem: Ticket, text: str, *, writer: Agent, actor: Actor, status: Status | None
) -> Message:
    """Writes the text, its variables filled in for this ticket, to its customer.

    Raises Conflict when it is no incident of the problem (any more), Invalid when a variable has no value here, and
    what `reply` raises.
    """
    if not Link.objects.filter(ticket=incident, other=problem, kind=Link.Kinds.INCIDENT).exists():
        raise Conflict(_("This is no incident of #%(id)s any more.") % {"id": problem.pk})
    said = render(text, values_of(writer, incident))
    if gaps := unfilled(said):
        raise Invalid(_("%(gap)s has no value on this ticket.") % {"gap": gaps[0]}, field="text")
    message = reply(incident, Words(text=said, html=markdown.to_html(said)), actor=actor, status=status)
    event = IncidentAnswered(ticket_id=incident.pk, problem_id=problem.pk, message_id=message.pk)
    journal.record(event, actor=actor)
    return message
