"""What is said in side conversations."""

from django.conf import settings
from django.db import models

from headway.tickets.models.conversation import _File
from headway.tickets.models.sides import SideConversation
from headway.tickets.models.ticket import Ticket


class SideMessage(models.Model):
    """A message of a side conversation."""

    class Directions(models.TextChoices):
        IN = "in"
        OUT = "out"

    side = models.ForeignKey(SideConversation, on_delete=models.CASCADE, related_name="messages", db_index=False)
    direction = models.CharField(max_length=3, choices=Directions.choices)
    # who wrote: one of ours, or an address with the name it gave itself
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=320, default="", blank=True)
    name = models.CharField(max_length=200, default="", blank=True)
    at = models.DateTimeField()
    text = models.TextField()
    # of ours: what of the ticket was chosen to go along; of theirs: what they quote
    quoted = models.TextField(default="", blank=True)
    html = models.TextField(default="", blank=True)
    automatic = models.BooleanField(default=False)
    # from somebody who was not written to: agents see it, nothing follows until it is let in
    held = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["side", "at", "id"], name="sidemessage_thread")]  # the thread, in order

    def __str__(self) -> str:
        return f"{self.direction} {self.pk} beside #{self.side.ticket_id}"

    @property
    def ticket(self) -> Ticket:
        """The ticket it is about."""
        return self.side.ticket

    @property
    def ticket_id(self) -> int:
        """The ticket's number."""
        return self.side.ticket_id


class SideFile(_File):
    """An attachment of a message of a side conversation."""

    message = models.ForeignKey(SideMessage, on_delete=models.CASCADE, related_name="files")
