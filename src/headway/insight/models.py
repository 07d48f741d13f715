"""Which files make up the lake and how far it reaches, and what was found in it.

A file counts when its row has committed, not before.
"""

from django.db import models


class LakeState(models.Model):
    """The single row of this database's lake.

    `key` names its folder, so that a lake of another database is never taken for this one's. `version` rises with every
    change of the list of parts: whoever worked on an older list throws its files away.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    key = models.CharField(max_length=32)
    version = models.BigIntegerField(default=0)
    began_at = models.DateTimeField()
    # everything recorded before it is in the lake; none until the first run has reached the journal's end
    through_at = models.DateTimeField(null=True)
    # entries of the journal were erased: what speaks of them has to go from here too
    forget = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_lake")]


class LakePart(models.Model):
    """One Parquet file of the lake: rows of one table and one month, [first of the month, first of the next)."""

    class Tables(models.TextChoices):
        EVENTS = "events"
        TICKETS = "tickets"
        UNDONE = "undone"

    name = models.CharField(max_length=120, unique=True)
    table = models.CharField(max_length=10, choices=Tables.choices)
    month = models.DateField()
    rows = models.BigIntegerField()
    size = models.BigIntegerField()
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["table", "month"], name="lake_part_month")]  # what is compacted together


class Audit(models.Model):
    """What an audit of some tickets found, and how far its computation is.

    One row for each question: the period, the narrowing and what was entered about costs. It is answered
    again when the lake has gone on; the earlier answer stays until then.
    """

    class States(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        EMPTY = "empty"
        FAILED = "failed"

    key = models.CharField(max_length=64, unique=True)
    question = models.JSONField()
    state = models.CharField(max_length=10, choices=States.choices, default=States.WAITING)
    step = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=0)
    # by language, each as `kept` writes and reads it; none until it was found once
    result = models.JSONField(null=True)
    # where the lake stood, and the moment everything recorded before is in it
    position = models.CharField(max_length=80, default="", blank=True)
    through_at = models.DateTimeField(null=True)
    says = models.CharField(max_length=300, default="", blank=True)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    seconds = models.FloatField(default=0)

    class Meta:
        indexes = [models.Index(fields=["asked_at"], name="audit_asked")]  # the sweep of what nobody asks any more
