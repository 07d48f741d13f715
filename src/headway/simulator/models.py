"""What the sample data made in tables whose rows carry no mark of their own."""

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
