"""Teams and who is in them."""

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from headway.foundation.errors import NotFound
from headway.people.models import Agent, Team


def teams() -> QuerySet[Team]:
    """Today's teams by tier and name, with the members who are still here. Two queries."""
    members = Prefetch("members", Agent.objects.filter(archived_at__isnull=True).order_by("name", "pk"))
    return Team.objects.filter(archived_at__isnull=True).prefetch_related(members).order_by("tier", "name")


def team_by_id(team_id: int) -> Team:
    """One team, also a dissolved one. Raises NotFound."""
    found = Team.objects.filter(pk=team_id).first()
    if found is None:
        raise NotFound(_("This team does not exist."))
    return found


def archived() -> QuerySet[Team]:
    """Dissolved teams, the latest first. One query."""
    return Team.objects.filter(archived_at__isnull=False).order_by("-archived_at", "-pk")
