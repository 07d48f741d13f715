"""Who follows which ticket, what somebody is to be told, and how they want to hear it."""

from django.conf import settings
from django.db import models

from headway.tickets.models import Ticket


class Following(models.Model):
    """Somebody follows a ticket. One who stopped (`left_at`) is not made to follow again by what they do on it."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+", db_index=False)
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "agent"], name="following_once")]


class Choice(models.Model):
    """How somebody wants to hear of things, and what makes them follow; see rules. No row: as it usually is."""

    agent = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+")
    ways = models.JSONField()
    follows = models.JSONField()


class Notification(models.Model):
    """Something that concerns one person: what happened, on which ticket, by whom. Ids only; words come when shown."""

    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")  # the index: when a ticket goes
    kind = models.CharField(max_length=12)  # rules.KINDS
    # what is told once: "event:9", "due:1790000000000"
    key = models.CharField(max_length=40)
    event = models.CharField(max_length=60, default="", blank=True)  # the kind of event; "" for what the clock says
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    in_desk = models.BooleanField()
    on_desktop = models.BooleanField()
    by_mail = models.BooleanField()
    # the mail that carries it, named after its first notification; none while it waits for others to come along
    mail = models.BigIntegerField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "key"], name="notification_once")]
        indexes = [
            models.Index(fields=["agent", "-id"], name="notification_list"),  # the bell's list
            models.Index(  # the bell's number
                fields=["agent", "ticket"],
                name="notification_unread",
                condition=models.Q(read_at__isnull=True, in_desk=True),
            ),
            models.Index(  # the schedule that mails
                fields=["agent", "at"],
                name="notification_unmailed",
                condition=models.Q(by_mail=True, mail__isnull=True, read_at__isnull=True),
            ),
            models.Index(fields=["at"], name="notification_old"),  # the clean-up
        ]
