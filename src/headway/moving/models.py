"""What was brought from where, by which run, and what could not be brought."""

from django.conf import settings
from django.db import models


class Run(models.Model):
    """One import of one source. `counts`: by kind, how many the source has and what became of them."""

    class States(models.TextChoices):
        RECEIVING = "receiving"
        CHECKING = "checking"
        READY = "ready"
        WAITING = "waiting"
        RUNNING = "running"
        STOPPED = "stopped"
        DONE = "done"
        FAILED = "failed"

    source = models.CharField(max_length=20)  # the kind of system
    system = models.CharField(max_length=40)  # which of them: what ids are unique within
    state = models.CharField(max_length=10, choices=States.choices, default=States.RUNNING)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, default="", blank=True)
    options = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    # of one begun at the desk or by a program, until it is done: what was uploaded or where it is fetched from, with
    # what token (sealed), what the dry run said, how far it is, and whether somebody wants it to stop
    file_name = models.CharField(max_length=255, default="", blank=True)
    size = models.BigIntegerField(default=0)
    address = models.CharField(max_length=200, default="", blank=True)
    sealed = models.BinaryField(default=b"", blank=True)
    told = models.JSONField(default=dict, blank=True)
    part = models.CharField(max_length=40, default="", blank=True)
    done = models.BigIntegerField(default=0)
    stop_asked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-started_at"], name="run_latest")]  # the page of imports

    def __str__(self) -> str:
        return f"import {self.pk} of {self.system}"


class Piece(models.Model):
    """A part of what was uploaded for an import, in the file store, from the byte `offset` on."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="pieces", db_index=False)
    offset = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "offset"], name="piece_once")]


class Item(models.Model):
    """A thing of a source and what it became here. `digest` tells whether a later export says something new of it."""

    system = models.CharField(max_length=40)
    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=100)
    target = models.BigIntegerField()
    digest = models.CharField(max_length=64, default="", blank=True)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "kind", "key"], name="item_once")]


class Problem(models.Model):
    """What a run could not take, or not whole. `lost`: it is not in the desk. No text of the source's."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="problems")
    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=100, default="", blank=True)
    file = models.CharField(max_length=255, default="", blank=True)
    place = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=200)
    detail = models.CharField(max_length=1000, default="", blank=True)
    lost = models.BooleanField(default=True)


class Figure(models.Model):
    """A source's own figures of one ticket, to compare ours with."""

    system = models.CharField(max_length=40)
    key = models.CharField(max_length=100)
    reply_ms = models.BigIntegerField(null=True)
    resolve_ms = models.BigIntegerField(null=True)
    reopens = models.IntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "key"], name="figure_once")]


class Rule(models.Model):
    """An automation or trigger of a source, as it was written there: to be read, never run."""

    system = models.CharField(max_length=40)
    key = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    was_active = models.BooleanField(default=True)
    written = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "key"], name="rule_once")]

    def __str__(self) -> str:
        return self.name
