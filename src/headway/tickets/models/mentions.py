"""Who was called to a ticket by a note."""

from django.conf import settings
from django.db import models

from headway.people.models import Team
from headway.tickets.models.conversation import Note
from headway.tickets.models.ticket import Ticket


class Mention(models.Model):
    """A person or a team named in a note. `ticket` is the note's own, kept here for the view of one's mentions."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="mentions", db_index=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "agent", "team"], nulls_distinct=False, name="mention_once"),
            models.CheckConstraint(
                condition=models.Q(agent__isnull=True) ^ models.Q(team__isnull=True), name="mention_of_one"
            ),
        ]
        indexes = [
            models.Index(fields=["agent", "ticket", "note"], name="mention_agent"),  # the view of one's mentions
            models.Index(fields=["team", "ticket", "note"], name="mention_team"),  # and of one's teams'
        ]
