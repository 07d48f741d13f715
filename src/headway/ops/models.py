"""What operations remember in the database."""

from django.db import models


class Mark(models.Model):
    """The single row by which a start recognises this database.

    `sealed` is a known text sealed with the master key: tells whether the key at hand is the one that the secrets here
    need. `version` names the tables as the last migration left them (see ops/serving/current.py).
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    sealed = models.BinaryField()
    version = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_mark")]
