"""Teams that still answer in another system, and the tickets that live there."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _

from headway.foundation.errors import NotFound
from headway.people.models import Team
from headway.tickets.models import Origin, Stay, Ticket


@dataclass(frozen=True, slots=True)
class Home:
    """Where one team answers what came from one system. `stay_id` None: here."""

    system: str
    team_id: int | None
    team: str
    stay_id: int | None
    since: datetime | None


def elsewhere(ticket: Ticket) -> Origin | None:
    """Where a ticket is answered that does not live here; None for all others. The origin is on it already."""
    origin: Origin | None = getattr(ticket, "origin", None)
    if origin is None:
        return None
    stays = Stay.objects.filter(system=origin.system, team=ticket.team, ended_at__isnull=True)
    return origin if stays.exists() else None


def stay_by_id(number: int) -> Stay:
    """A stay that has not ended. Raises NotFound."""
    found = Stay.objects.select_related("team").filter(pk=number, ended_at__isnull=True).first()
    if found is None:
        raise NotFound(_("This team answers here already."))
    return found


def stays() -> list[Stay]:
    """The stays that have not ended."""
    return list(Stay.objects.select_related("team").filter(ended_at__isnull=True).order_by("system", "team__name"))


def homes(systems: list[str]) -> list[tuple[str, list[Home]]]:
    """For each system where each team answers; last the tickets without a team."""
    staying = {(one.system, one.team_id): one for one in stays()}
    teams: list[tuple[int | None, str]] = list(
        Team.objects.filter(archived_at__isnull=True).order_by("tier", "name").values_list("pk", "name")
    )
    rows = [
        Home(system, team_id, name, stay.pk if stay else None, stay.began_at if stay else None)
        for system in systems
        for team_id, name in [*teams, (None, "")]
        for stay in [staying.get((system, team_id))]
    ]
    return [(system, list(found)) for system, found in groupby(rows, key=lambda one: one.system)]
