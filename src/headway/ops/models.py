"""What operations remember in the database."""

from django.db import models


class KeyMark(models.Model):
    """A known text sealed with the master key: tells whether the key at hand is the one that the secrets here need."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_key_mark")]
