"""How far each person has read each ticket."""

from django.conf import settings
from django.db import models

from headway.tickets.models.ticket import Ticket


class Reading(models.Model):
    """The last message and note somebody had in front of them. No row: they never had the ticket open.

    Ids of one ticket's entries follow the order in which they were written, for each is written with its ticket locked.
    """

    pk = models.CompositePrimaryKey("agent_id", "ticket_id")
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")  # the index: when a ticket goes
    message_id = models.BigIntegerField(default=0)
    note_id = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    # something may have been said since: set by the database whenever a message or note is written or moved, cleared by
    # reading. Few of somebody's readings are behind, and what is unread is looked for among those alone.
    behind = models.BooleanField(default=True, db_default=True)

    class Meta:
        indexes = [
            models.Index(fields=["agent", "ticket"], name="reading_behind", condition=models.Q(behind=True))
        ]  # is:unread
