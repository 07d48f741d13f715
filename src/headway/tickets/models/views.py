"""Views of the list that people have saved."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from headway.people.models import Team


class SavedView(models.Model):
    """A list's filters and sorting under a name: for its author, for a team, or for everybody. Archived, not deleted,
    so that removing it can be undone."""

    class Audiences(models.TextChoices):
        OWN = "own", _("Only me")
        TEAM = "team", _("A team")
        ALL = "all", _("Everybody")

    name = models.CharField(max_length=80)
    audience = models.CharField(max_length=4, choices=Audiences.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="+")
    # the list it narrows, the filters chosen on top by name, typed filters, and how it is sorted
    base = models.CharField(max_length=40)
    narrowing = models.JSONField(default=dict, blank=True)
    q = models.CharField(max_length=500, default="", blank=True)
    order = models.CharField(max_length=10, default="active")
    position = models.PositiveIntegerField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(audience="team", team__isnull=False)
                | (~models.Q(audience="team") & models.Q(team__isnull=True)),
                name="view_team",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address_name(self) -> str:
        """How addresses call it."""
        return f"saved-{self.pk}"
