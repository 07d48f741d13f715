"""The workspace, and every value its settings ever had."""

from django.db import models


class Workspace(models.Model):
    """The single row of this installation: the version of its settings, and whether it is held."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    version = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    held_since = models.DateTimeField(null=True)
    held_reason = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_workspace")]


class Change(models.Model):
    """One change of one setting. The newest row of a key is its value, so the past is never lost."""

    version = models.BigIntegerField()
    key = models.CharField(max_length=60)
    value = models.JSONField(null=True)
    at = models.DateTimeField()
    agent_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["key", "-version"], name="change_latest")]  # the value of each key
