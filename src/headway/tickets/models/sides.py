"""Side conversations: what is said about a ticket with somebody who is not its customer.

Tables of their own: nothing here can be sent to the customer by mistake, or be read by them.
"""

from django.conf import settings
from django.db import models

from headway.tickets.models.ticket import Ticket


class SideConversation(models.Model):
    """A thread by mail with a supplier, an engineer: it belongs to a ticket, and its people know nothing of that."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="sides")
    subject = models.CharField(max_length=500)
    # the addresses that are written to, in lower case; whoever else answers is held
    people = models.JSONField(default=list)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    # the last that was said, by either side
    active_at = models.DateTimeField()
    # an answer that nobody of ours has answered or closed yet
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"side conversation {self.pk} of #{self.ticket_id}"
