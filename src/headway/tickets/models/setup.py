"""What a workspace defines before tickets come: statuses, types with their fields, tags."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from headway.tickets.rules.naming import is_ours


class Status(models.Model):
    """A name for where a ticket stands. What it means is its category; a workspace may have several in each."""

    class Categories(models.TextChoices):
        NEW = "new", _("New")
        OPEN = "open", _("Open")
        WAITING = "waiting", _("Waiting on customer")
        HOLD = "hold", _("On hold")
        SOLVED = "solved", _("Solved")
        CLOSED = "closed", _("Closed")

    name = models.CharField(max_length=60)
    category = models.CharField(max_length=10, choices=Categories.choices)
    position = models.PositiveSmallIntegerField(default=0)
    # the one of its category that is meant when only the category is given
    is_default = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["category"], condition=models.Q(is_default=True), name="one_default_a_category"
            ),
            models.UniqueConstraint(
                Lower("name"), condition=models.Q(archived_at__isnull=True), name="status_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> str:
        """Its name for a reader: in their language, unless the workspace has given it a name of its own."""
        return str(self.Categories(self.category).label) if is_ours(self.name, self.category) else self.name


class TicketType(models.Model):
    """A kind of request, with the fields that whoever receives it needs."""

    name = models.CharField(max_length=60)
    fields: "models.ManyToManyField[Field, models.Model]" = models.ManyToManyField(
        "Field", related_name="types", blank=True
    )
    archived_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), condition=models.Q(archived_at__isnull=True), name="type_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class Field(models.Model):
    """A custom field. Its values stand in `Ticket.fields` under `key`."""

    class Kinds(models.TextChoices):
        TEXT = "text", _("Text")
        NUMBER = "number", _("Number")
        CHECK = "check", _("Yes or no")
        DATE = "date", _("Date")
        CHOICE = "choice", _("One of a list")

    key = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kinds.choices)
    options = models.JSONField(default=list, blank=True)
    required = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.label


class Tag(models.Model):
    """A word put on tickets. A renamed or merged one leaves its old word behind, which leads to the one it became."""

    name = models.CharField(max_length=60)
    merged_into = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="aliases")
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="tag_name_once")]

    def __str__(self) -> str:
        return self.name
