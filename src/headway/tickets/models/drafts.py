"""What somebody is writing on a ticket and has not sent."""

from django.conf import settings
from django.db import models

from headway.tickets.models.ticket import Ticket


class Draft(models.Model):
    """One person's unsent words on one ticket: theirs alone until they share them."""

    class Modes(models.TextChoices):
        REPLY = "reply"
        NOTE = "note"

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="drafts", db_index=False)
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    mode = models.CharField(max_length=5, choices=Modes.choices, default=Modes.REPLY)
    # who gets a copy, as it was typed; None: nobody has touched it
    copied = models.CharField(max_length=2000, null=True)
    # raised by every save; a window that saw an older one is refused
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "agent"], name="draft_once")]

    def __str__(self) -> str:
        return f"draft of {self.agent_id} on #{self.ticket_id}"
