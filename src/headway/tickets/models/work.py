"""How long people had tickets in front of them, focused and used."""

from django.conf import settings
from django.db import models

from headway.tickets.models.ticket import Ticket


class Stretch(models.Model):
    """One visit of somebody to a ticket, as far as it was heard of. It goes into the journal when it has ended."""

    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    visit = models.CharField(max_length=40)  # the window's own name for it: what is told twice counts once
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")  # one's time on a ticket
    active_ms = models.PositiveBigIntegerField(default=0)
    heard_at = models.DateTimeField()
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "visit"], name="stretch_once")]
        indexes = [
            models.Index(fields=["agent", "-heard_at"], name="stretch_latest"),  # what leaves room for more time
            models.Index(  # the schedule that records what has ended
                fields=["heard_at"], name="stretch_unrecorded", condition=models.Q(recorded_at__isnull=True)
            ),
        ]
