"""Prepared answers and steps."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from headway.people.models import Team


class Macro(models.Model):
    """A text for the composer, and changes that go with it. One person's, one team's, or everybody's."""

    name = models.CharField(max_length=80)
    # what is typed after ";" in the composer
    shortcut = models.CharField(max_length=30, default="", blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="+")
    text = models.TextField(default="", blank=True)
    note = models.TextField(default="", blank=True)
    # rules.macros.Conditions and .Changes, as JSON holds them
    conditions = models.JSONField(default=dict, blank=True)
    changes = models.JSONField(default=dict, blank=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(owner__isnull=True) | models.Q(team__isnull=True), name="macro_one_owner"
            ),
            # two macros that answer to the same word would be a matter of luck
            models.UniqueConstraint(
                Lower("shortcut"),
                "owner",
                "team",
                condition=models.Q(archived_at__isnull=True) & ~models.Q(shortcut=""),
                nulls_distinct=False,
                name="macro_shortcut_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name
