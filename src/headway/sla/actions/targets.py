"""How soon responses come."""

from django.utils.translation import gettext as _

from headway.events.actor import Actor
from headway.foundation.errors import Invalid
from headway.sla.actions.publishing import published
from headway.sla.models import Calendar, Target
from headway.tickets.models import Ticket

LONGEST = 60 * 24 * 366


def set_target(
    *,
    channel: str = "",
    priority: int | None = None,
    first_minutes: int | None,
    next_minutes: int | None,
    calendar: Calendar | None = None,
    actor: Actor,
) -> Target:
    """Sets the minutes of open time for a channel ("" any) and a priority (None any); None promises nothing."""
    if priority is not None and priority not in Ticket.Priorities.values:
        raise Invalid(_("There is no such priority."), field="priority")
    for name, minutes in (("first_minutes", first_minutes), ("next_minutes", next_minutes)):
        if minutes is not None and not 0 <= minutes <= LONGEST:
            raise Invalid(_("A target lies between none and a year."), field=name)
    with published(actor):
        values = {"first_minutes": first_minutes, "next_minutes": next_minutes, "calendar": calendar}
        target, _fresh = Target.objects.update_or_create(channel=channel, priority=priority, defaults=values)
    return target


def remove_target(target: Target, *, actor: Actor) -> None:
    """Leaves these tickets to the next more general target."""
    with published(actor):
        Target.objects.filter(pk=target.pk).delete()
