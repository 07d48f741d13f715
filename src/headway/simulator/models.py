"""What the sample data made in tables whose rows carry no mark of their own, and who had it filled in or removed."""

from django.conf import settings
from django.db import models


class Made(models.Model):
    """A row that came with the sample data: a field, a tag. It goes with it, unless something real uses it by then."""

    class Kinds(models.TextChoices):
        FIELD = "field"
        TAG = "tag"

    kind = models.CharField(max_length=10, choices=Kinds.choices)
    row_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "row_id"], name="made_once")]


class Run(models.Model):
    """Sample data filled in or removed for somebody, in the background."""

    class Kinds(models.TextChoices):
        ADD = "add"
        REMOVE = "remove"

    class States(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    kind = models.CharField(max_length=6, choices=Kinds.choices)
    state = models.CharField(max_length=7, choices=States.choices, default=States.RUNNING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    # tickets written or removed so far, of how many; 0: that is not known yet
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=models.Q(state="running"), name="one_run_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}: {self.state}"
