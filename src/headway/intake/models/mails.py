"""What came in. Threads belong to their channel and point at the tickets."""

from django.db import models

from headway.tickets.models import Message, SideMessage


class RawMail(models.Model):
    """One mail as it arrived. Its bytes are in the file store under `sha256` before this row exists."""

    class States(models.TextChoices):
        STORED = "stored"  # waits to be processed
        DONE = "done"
        DUPLICATE = "duplicate"  # the same mail came before, by another way
        QUARANTINED = "quarantined"  # cannot be processed; an administrator decides
        DISCARDED = "discarded"
        ERASED = "erased"  # its message is gone; only keyed hashes stay, so that a rescan does not revive it

    # how it came: "import", "pipe", "listener", "mailbox:<id>" or "hook:<id>"
    source = models.CharField(max_length=40)
    # what names the delivery at its source, hashed; the same delivery is taken once
    delivery_key = models.CharField(max_length=64, unique=True)
    sha256 = models.CharField(max_length=64, db_index=True)  # the same bytes came before; who still names a file
    size = models.BigIntegerField()
    # the mail itself, hashed from its Message-ID and body; of two deliveries of one mail only the first gets it
    mail_key = models.CharField(max_length=64, null=True, unique=True)
    state = models.CharField(max_length=12, choices=States.choices, default=States.STORED)
    attempts = models.PositiveSmallIntegerField(default=0)  # begun, also by processes that died
    deaths = models.PositiveSmallIntegerField(default=0)  # of parsing processes it killed
    error = models.CharField(max_length=500, default="", blank=True)
    stored_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    processed_at = models.DateTimeField(null=True)
    # an import's number, and the mail's own date read at a glance: an import goes in the order of its dates
    run = models.BigIntegerField(null=True)
    dated = models.DateTimeField(null=True)
    # the addresses of the envelope, where the source knows them
    envelope = models.JSONField(default=dict, blank=True)
    # what became of it: why it went where it went, what was wrong with it, what was left out
    findings = models.JSONField(default=dict, blank=True)
    # one of the two, unless it is removed
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    side = models.ForeignKey(SideMessage, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="rawmail_waiting", condition=models.Q(state="stored")),  # the queue
            models.Index(fields=["run", "dated", "id"], name="rawmail_run", condition=models.Q(state="stored")),
            models.Index(fields=["-id"], name="rawmail_quarantine", condition=models.Q(state="quarantined")),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk} from {self.source}: {self.state}"


class MailId(models.Model):
    """A Message-ID by which a message of ours or of a customer is answered; also ids a provider re-wrote ours to."""

    key = models.CharField(max_length=64, db_index=True)  # SHA-256 of the id: ids may be longer than an index row
    value = models.CharField(max_length=1000)
    # one of the two
    message = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, related_name="+")
    side = models.ForeignKey(SideMessage, on_delete=models.CASCADE, null=True, related_name="+")
    # it went to many: an answer from outside joins nobody else's ticket
    bulk = models.BooleanField(default=False)


class Awaited(models.Model):
    """A message that answers a mail we do not have yet: when that arrives, the two join."""

    key = models.CharField(max_length=64, db_index=True)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
