"""The team: who is on it, who was asked to join, which tokens exist."""

from collections.abc import Sequence

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from headway.foundation.clock import now
from headway.foundation.errors import NotFound
from headway.people.models import Agent, ApiToken, Invitation, Team
from headway.people.rules import Permission, may
from headway.people.rules.secrets import hashed


def on_the_team(*, archived: bool = False) -> QuerySet[Agent]:
    """People by name, with their teams: those of today, or those who have left. Two queries."""
    teams = Prefetch("teams", Team.objects.filter(archived_at__isnull=True).order_by("tier", "name"))
    return Agent.objects.filter(archived_at__isnull=not archived).prefetch_related(teams).order_by("name", "pk")


def who_may(permission: Permission) -> Sequence[Agent]:
    """The people of today who hold a permission, by name. Assignees are those who may reply."""
    present = Agent.objects.filter(archived_at__isnull=True).order_by("name", "pk")
    return [agent for agent in present if agent.may(permission)]


def agent_by_id(agent_id: int) -> Agent:
    """One person, also one who has left. Raises NotFound."""
    return _found(Agent.objects.filter(pk=agent_id).first())


def agent_by_email(email: str) -> Agent:
    """One person by the address they sign in with. Raises NotFound."""
    return _found(Agent.objects.filter(email__iexact=email.strip()).first())


def named(words: str) -> QuerySet[Agent]:
    """People whose name or address has these words in it, also those who have left."""
    return Agent.objects.filter(Q(name__icontains=words) | Q(email__icontains=words)).order_by("pk")


def somebody_is_here() -> bool:
    """Whether anybody has ever joined the team."""
    return Agent.objects.exists()


def invitations() -> QuerySet[Invitation]:
    """Invitations that are still open, newest first, with teams and who invited. Two queries."""
    still_open = Invitation.objects.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now())
    return still_open.select_related("invited_by").prefetch_related("teams").order_by("-created_at", "-pk")


def invitation_by_secret(secret: str) -> Invitation:
    """The invitation a link leads to, open or not. Raises NotFound."""
    found = Invitation.objects.filter(token_hash=hashed(secret)).first()
    if found is None:
        raise NotFound(_("This invitation does not exist. Ask for a new one."))
    return found


def tokens(agent: Agent) -> QuerySet[ApiToken]:
    """The tokens a person may see: their own, all for who manages people. Newest first; one query."""
    seen = ApiToken.objects.all() if may(agent.role, Permission.PEOPLE) else ApiToken.objects.filter(owner=agent)
    return seen.select_related("owner").order_by("-created_at", "-pk")


def _found(agent: Agent | None) -> Agent:
    if agent is None:
        raise NotFound(_("This person does not exist."))
    return agent
