"""What goes out, address by address, and the addresses nothing goes to any more."""

from django.db import models
from django.db.models.functions import Lower

from headway.tickets.models import Message, SideMessage


class Delivery(models.Model):
    """One of our messages, to a customer or of a side conversation, on its way to one address."""

    class States(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"  # claimed; the answer of the server is not known yet
        SENT = "sent"
        UNCERTAIN = "uncertain"  # may have been sent: the server's answer was lost; tried once more
        FAILED = "failed"
        CANCELLED = "cancelled"  # taken back before it left

    # one of the two
    message = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, related_name="+")
    side = models.ForeignKey(SideMessage, on_delete=models.CASCADE, null=True, related_name="+")
    address = models.CharField(max_length=320)
    copied = models.BooleanField(default=False)
    # one for all attempts, so that a mail that arrives twice is recognised
    mail_id = models.CharField(max_length=250)
    state = models.CharField(max_length=10, choices=States.choices, default=States.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    # what the server said, or why nothing left
    result = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "address"], name="delivery_once"),
            models.UniqueConstraint(fields=["side", "address"], name="delivery_side_once"),
        ]
        indexes = [
            models.Index(  # what is due, and what was claimed by a process that died
                fields=["due_at"],
                name="delivery_due",
                condition=models.Q(state__in=["queued", "sending", "uncertain"]),
            ),
            models.Index(fields=["-id"], name="delivery_outbox"),  # the outbox, newest first
        ]

    def __str__(self) -> str:
        return f"message {self.message_id or self.side_id} to {self.address}: {self.state}"


class Suppression(models.Model):
    """An address that nothing is sent to: mail to it came back for good, or its reader called ours unwanted."""

    class Reasons(models.TextChoices):
        BOUNCED = "bounced"  # a hard bounce of a message of ours to this address
        COMPLAINED = "complained"
        ASKED = "asked"  # by a person at the desk

    address = models.CharField(max_length=320)
    reason = models.CharField(max_length=12, choices=Reasons.choices)
    since = models.DateTimeField()
    # the message whose bounce or complaint it was
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(Lower("address"), name="suppressed_once")]

    def __str__(self) -> str:
        return f"nothing is sent to address {self.pk}: {self.reason}"


class Automatic(models.Model):
    """One automatic mail of ours, counted so that two machines never answer each other without end."""

    recipient = models.CharField(max_length=64)  # keyed hash of the address
    mailbox_address = models.CharField(max_length=254)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "at"], name="automatic_recipient"),
            models.Index(fields=["at"], name="automatic_at"),  # the limit of all, and what is swept
        ]
