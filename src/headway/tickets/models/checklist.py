"""What is to be done on a ticket before it is over."""

from django.conf import settings
from django.db import models

from headway.tickets.models.ticket import Ticket
from headway.tickets.rules.checklist import LENGTH


class ChecklistItem(models.Model):
    """One thing to do, in its place on the list. Done since `done_at`, by nobody in particular where a program did it.

    What was removed stays for a way back, out of sight.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="checklist", db_index=False)
    text = models.CharField(max_length=LENGTH)
    position = models.PositiveIntegerField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["ticket", "position"], name="checklist_of")]  # the ticket's screen

    def __str__(self) -> str:
        return self.text
