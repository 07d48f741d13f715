"""The support team."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from headway.events.actor import Actor
from headway.foundation.clock import now
from headway.people.models.brands import Brand
from headway.people.rules import Permission, Role, Sees, may
from headway.people.rules.away import is_away


class Agents(BaseUserManager["Agent"]):
    """Finds people by the address they sign in with, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Agent":
        return self.get(email__iexact=username)


class Agent(AbstractBaseUser):
    """A person of the support team, whatever the role. Archived, never deleted: the past keeps their name."""

    class Roles(models.TextChoices):
        ADMINISTRATOR = Role.ADMINISTRATOR, _("Administrator")
        LEAD = Role.LEAD, _("Lead")
        AGENT = Role.AGENT, _("Agent")
        LIGHT = Role.LIGHT, _("Light agent")
        VIEWER = Role.VIEWER, _("Viewer")

    class Scopes(models.TextChoices):
        ALL = Sees.ALL, _("All tickets")
        TEAMS = Sees.TEAMS, _("Own teams and own tickets")
        BRANDS = Sees.BRANDS, _("Own brands and own tickets")

    email = models.EmailField(_("Email address"), max_length=254)
    name = models.CharField(_("Name"), max_length=120)
    role = models.CharField(_("Role"), max_length=20, choices=Roles.choices, default=Roles.AGENT)
    sees = models.CharField(_("Sees"), max_length=10, choices=Scopes.choices, default=Scopes.ALL)
    brands = models.ManyToManyField(Brand, related_name="agents", blank=True)
    language = models.CharField(_("Language"), max_length=10, default="", blank=True)
    timezone = models.CharField(_("Time zone"), max_length=60, default="", blank=True)
    # how they work at the desk, see rules.habits; {} is as it always is
    habits = models.JSONField(default=dict, blank=True)
    # Markdown with a macro's variables; stands under what they answer, above the mailbox's or the brand's
    signature = models.TextField(default="", blank=True)
    # away since then, until then or until they come back; idle: nobody touched their desk
    away_since = models.DateTimeField(null=True, blank=True)
    away_until = models.DateTimeField(null=True, blank=True)
    away_idle = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)

    objects = Agents()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="agent_email_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # Django reads it as an attribute
        """Whether the person may sign in."""
        return self.archived_at is None

    @property
    def is_away(self) -> bool:
        """Whether the person is away now."""
        return is_away(self.away_since, self.away_until, now())

    @property
    def actor(self) -> Actor:
        """The person as the doer of an action, in the role held now."""
        return Actor.agent(self.pk, self.role)

    def may(self, permission: Permission) -> bool:
        """Whether the person's role has the permission."""
        return may(self.role, permission)


class Team(models.Model):
    """A group of people that tickets go to. Tier 1 meets the customer first."""

    name = models.CharField(max_length=80)
    tier = models.PositiveSmallIntegerField(default=1)
    members = models.ManyToManyField(Agent, through="Membership", related_name="teams")
    archived_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), name="team_name_once", condition=models.Q(archived_at__isnull=True)),
            models.CheckConstraint(condition=models.Q(tier__gte=1, tier__lte=9), name="team_tier"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Somebody belongs to a team."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE)
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "team"], name="membership_once")]
