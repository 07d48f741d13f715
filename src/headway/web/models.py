"""What the web keeps of its own: answers to requests that must happen once, files that wait for their message, and who
is at which ticket."""

from django.conf import settings
from django.db import models

from headway.people.models import ApiToken
from headway.tickets.models import Ticket


class IdempotencyKey(models.Model):
    """The answer to one write, kept for a day so that its repetition gets the same. The answer is sealed."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)  # SHA-256 of method, address and body
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    answer = models.BinaryField()
    at = models.DateTimeField(db_index=True)  # the hourly clean-up

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="idempotency_key_once")]


class Upload(models.Model):
    """A file that was sent and waits to be attached to a message or note."""

    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64, db_index=True)  # who still names a file before it is deleted
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    size = models.BigIntegerField()
    at = models.DateTimeField(db_index=True)  # the hourly clean-up


class Presence(models.Model):
    """A window that has a ticket in front of it. The table is unlogged: nobody misses it after a crash."""

    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    window = models.CharField(max_length=40)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")  # who is at a ticket
    doing = models.CharField(max_length=8)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "window"], name="presence_once")]
