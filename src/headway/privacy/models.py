"""What was asked for in the name of privacy, and what law or contract holds against it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from headway.people.models import Brand, Customer
from headway.tickets.models import Status, Ticket, TicketType


class Hold(models.Model):
    """Law or contract keeps something: a customer with everything of theirs, or one ticket. Nothing erases it."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, null=True, related_name="+")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, null=True, related_name="+")
    reason = models.CharField(max_length=500)
    until = models.DateField(null=True)  # none: until somebody lifts it
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    placed_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(customer__isnull=False, ticket__isnull=True)
                | models.Q(customer__isnull=True, ticket__isnull=False),
                name="hold_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"


class Erasure(models.Model):
    """A customer is being erased, or was. Holds numbers and ids only, so that it can stay as the proof."""

    class States(models.TextChoices):
        RUNNING = "running", _("Running")
        STOPPED = "stopped", _("Stopped")
        HELD = "held", _("Waits for a hold to end")
        DONE = "done", _("Done")

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=States.choices, default=States.RUNNING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    # tickets still to be looked at, found once: looking for them reads everything that was ever said
    pending = ArrayField(models.BigIntegerField(), null=True)
    # the raw mail up to which those without a message were looked through
    looked_through = models.BigIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)  # tickets that went whole
    redacted = models.PositiveIntegerField(default=0)  # tickets of others that stay without them
    mails = models.PositiveIntegerField(default=0)  # raw mails that went beside those of the tickets
    held = models.PositiveIntegerField(default=0)  # tickets that a hold keeps

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer"], condition=~models.Q(state="done"), name="one_erasure_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"erasure {self.pk}: {self.state}"


class Export(models.Model):
    """All of a customer's data in one archive, for an administrator to hand over."""

    class States(models.TextChoices):
        RUNNING = "running", _("Being prepared")
        READY = "ready", _("Ready")
        EXPIRED = "expired", _("Expired")

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=States.choices, default=States.RUNNING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, default="", blank=True, db_index=True)  # who still names a file
    size = models.BigIntegerField(default=0)
    fetched = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"export {self.pk}: {self.state}"


class Rule(models.Model):
    """How long something is kept. Off until somebody switches it on."""

    class Scopes(models.TextChoices):
        TICKETS = "tickets", _("Whole tickets")
        FILES = "files", _("Attachments and raw mails of tickets")
        QUARANTINE = "quarantine", _("Mails in quarantine")

    name = models.CharField(max_length=80)
    scope = models.CharField(max_length=10, choices=Scopes.choices, default=Scopes.TICKETS)
    days = models.PositiveIntegerField()
    # none of these: any. They narrow tickets, not quarantine
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, null=True, related_name="+")
    type = models.ForeignKey(TicketType, on_delete=models.CASCADE, null=True, related_name="+")
    category = models.CharField(max_length=10, choices=Status.Categories.choices, default="closed")
    enabled_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Run(models.Model):
    """What a rule did on one night: numbers only."""

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="runs")
    at = models.DateTimeField()
    erased = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)  # would have gone, but for a hold
