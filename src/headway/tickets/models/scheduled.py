"""Replies that wait for their time."""

from django.conf import settings
from django.db import models

from headway.tickets.models.conversation import _File
from headway.tickets.models.setup import Status
from headway.tickets.models.ticket import Ticket


class Scheduled(models.Model):
    """A reply that leaves later, unless something is said on its ticket before. Gone once it is sent or stopped."""

    class Reasons(models.TextChoices):
        CUSTOMER = "customer"  # the customer wrote since
        COLLEAGUE = "colleague"  # somebody of the team wrote since
        SOLVED = "solved"  # somebody else solved the ticket since
        MERGED = "merged"  # another ticket became part of it, or it of another
        CLOSED = "closed"
        FIELDS = "fields"  # solving needs fields that are empty
        RIGHTS = "rights"  # its writer may not answer there any more
        SPAM = "spam"

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="scheduled")
    # in whose name it leaves
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    html = models.TextField(default="", blank=True)
    copied = models.JSONField(default=list, blank=True)
    # where the ticket goes when it is sent; None: it stays where it is
    status = models.ForeignKey(Status, on_delete=models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField()
    written_at = models.DateTimeField()
    # the ticket's last entry in the journal that its writer has seen: what is said after it is news
    seen = models.BigIntegerField()
    held_at = models.DateTimeField(null=True)
    held_because = models.CharField(max_length=10, choices=Reasons.choices, default="", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="scheduled_due", condition=models.Q(held_at__isnull=True)),  # the job
        ]

    def __str__(self) -> str:
        return f"reply {self.pk} on #{self.ticket_id}, due {self.due_at}"


class ScheduledFile(_File):
    """An attachment of a reply that waits."""

    scheduled = models.ForeignKey(Scheduled, on_delete=models.CASCADE, related_name="files")
