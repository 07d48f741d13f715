"""Which teams answer in their old system, and their moving over, one by one and back."""

import re
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.imports import TeamAnswersElsewhere, TeamAnswersHere
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Invalid
from headway.people.models import Team
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.tickets.models import Origin, Stay, Ticket

_SYSTEM: Final = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}")


@transaction.atomic
def stay(system: str, team: Team | None, *, actor: Actor) -> Stay:
    """The team's tickets that came from the system are answered there and only read here. Again changes nothing."""
    require(actor, Permission.SETTINGS)
    if not _SYSTEM.fullmatch(system):
        raise Invalid(_("Say from which system the tickets come, as its import is named."), field="system")
    if team is not None and team.archived_at is not None:
        raise Invalid(_("The team %(name)s does not exist any more.") % {"name": team.name}, field="team_id")
    row, fresh = Stay.objects.get_or_create(system=system, team=team, ended_at=None, defaults={"began_at": now()})
    if fresh:
        journal.record(TeamAnswersElsewhere(subject_id=team.pk if team else 0, stay_id=row.pk), actor=actor)
    return row


@transaction.atomic
def move_over(stay: Stay, *, actor: Actor) -> None:
    """From now on the team's tickets are answered here, and imports leave them as they are. Again changes nothing."""
    require(actor, Permission.SETTINGS)
    row = Stay.objects.select_for_update().filter(pk=stay.pk).first()
    if row is not None and row.ended_at is None:
        row.ended_at = now()
        row.save(update_fields=["ended_at"])
        journal.record(TeamAnswersHere(subject_id=row.team_id or 0, stay_id=row.pk), actor=actor)


def must_live_here(ticket: Ticket) -> None:
    """Raises Conflict for a ticket that is answered in the system it came from; it was read with `elsewhere`."""
    if not getattr(ticket, "elsewhere", False):
        return
    origin = Origin.objects.get(ticket=ticket)
    raise Conflict(
        _("This ticket is answered in %(system)s until its team moves over. Nothing was changed here.")
        % {"system": origin.system},
        elsewhere=origin.system,
        number=origin.number,
        url=origin.url,
    )
