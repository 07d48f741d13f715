"""What is said on a ticket. Notes are a table of their own: they can never be sent by mistake."""

from django.conf import settings
from django.db import models

from headway.people.models import Customer
from headway.tickets.models.ticket import Ticket


class Message(models.Model):
    """A message between a customer and us."""

    class Directions(models.TextChoices):
        IN = "in"
        OUT = "out"

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="messages", db_index=False)
    direction = models.CharField(max_length=3, choices=Directions.choices)
    channel = models.CharField(max_length=20)
    # who wrote: a customer, an agent, or (neither) an automation
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, related_name="+")
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()  # what is new in it
    quoted = models.TextField(default="", blank=True)  # what it quotes, shown folded
    html = models.TextField(default="", blank=True)  # sanitised; shown in a scriptless frame
    language = models.CharField(max_length=10, default="", blank=True)
    # sent by a machine: an out-of-office note, a notification; our own automatic answers
    automatic = models.BooleanField(default=False)
    # from somebody who does not take part in the ticket: agents see it, nothing acts on it until it is admitted
    held = models.BooleanField(default=False)
    # addresses that also got or should get it
    copied = models.JSONField(default=list, blank=True)
    # of a reply: how its ticket stood before it, so that it can be taken back; ids and times only
    before = models.JSONField(null=True)
    # taken back before it left: it is in no conversation any more
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["ticket", "at", "id"], name="message_thread")]  # the conversation, in order

    def __str__(self) -> str:
        return f"{self.direction} {self.pk} on #{self.ticket_id}"


class Note(models.Model):
    """A private note of the team."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="notes", db_index=False)
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["ticket", "at", "id"], name="note_thread")]  # the conversation, in order

    def __str__(self) -> str:
        return f"note {self.pk} on #{self.ticket_id}"


class _File(models.Model):
    """A file as it was attached: the bytes are in the file store under `sha256`."""

    sha256 = models.CharField(max_length=64, db_index=True)  # who still names a file before it is deleted
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    size = models.BigIntegerField()

    class Meta:
        abstract = True


class MessageFile(_File):
    """An attachment of a message, or a picture inside its HTML (`content_id`)."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="files")
    content_id = models.CharField(max_length=255, default="", blank=True)


class NoteFile(_File):
    """An attachment of a note."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="files")
