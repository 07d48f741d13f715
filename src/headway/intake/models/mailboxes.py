"""The mailboxes we read and write by: how they are reached, how they fare, which of their mails we have."""

from django.db import models

from headway.people.models import BrandAddress


class Mailbox(models.Model):
    """One address of ours with its ways in and out. What changes with each fetch stands in `MailboxHealth`."""

    class Securities(models.TextChoices):
        TLS = "tls"  # from the first byte
        STARTTLS = "starttls"
        NONE = "none"  # only to hosts of our own network, see HEADWAY_INTERNAL_HOSTS

    class Logins(models.TextChoices):
        PASSWORD = "password"  # noqa: S105 - a kind of login
        MICROSOFT = "microsoft"
        GOOGLE = "google"

    # replies leave from this address, and what is sent to it belongs to its brand
    address = models.OneToOneField(BrandAddress, on_delete=models.PROTECT, related_name="+")
    login = models.CharField(max_length=10, choices=Logins.choices, default=Logins.PASSWORD)
    user = models.CharField(max_length=320)
    # JSON sealed for "mailbox": {"password": …, "smtp_password": …, "dkim_key": …}, each only where it is needed
    secrets = models.BinaryField(default=b"")
    # empty host: nothing is fetched; mail comes by a listener, a pipe or a hook
    imap_host = models.CharField(max_length=253, default="", blank=True)
    imap_port = models.PositiveIntegerField(default=993)
    imap_security = models.CharField(max_length=8, choices=Securities.choices, default=Securities.TLS)
    imap_folder = models.CharField(max_length=200, default="INBOX")
    # empty host: mail leaves by the installation's own way (HEADWAY_MAIL)
    smtp_host = models.CharField(max_length=253, default="", blank=True)
    smtp_port = models.PositiveIntegerField(default=587)
    smtp_security = models.CharField(max_length=8, choices=Securities.choices, default=Securities.STARTTLS)
    smtp_user = models.CharField(max_length=320, default="", blank=True)  # empty: `user`
    # the server delivers name+anything@ to name@: proved by the self-test, then replies carry a signed address
    plus_addressing = models.BooleanField(default=False)
    signature = models.TextField(default="", blank=True)  # empty: the brand's
    # how an answer is laid out; empty: answer, signature, what is answered
    template = models.TextField(default="", blank=True)
    # the automatic acknowledgement of a new ticket; empty: none
    acknowledgement = models.TextField(default="", blank=True)
    # names of servers whose Authentication-Results are believed; of sealers whose ARC is; forwarders and groups
    # behind which the author is in X-Original-From or Reply-To
    trusted_servers = models.JSONField(default=list, blank=True)
    trusted_sealers = models.JSONField(default=list, blank=True)
    forwarders = models.JSONField(default=list, blank=True)
    dkim_selector = models.CharField(max_length=63, default="", blank=True)  # empty: signing is left to the relay
    paused_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)
    connected_at = models.DateTimeField()  # older mail comes by import only
    is_sample = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"mailbox {self.pk}"


class MailboxHealth(models.Model):
    """How a mailbox fares. Written at each fetch and each sending, so apart from the mailbox itself."""

    mailbox = models.OneToOneField(Mailbox, on_delete=models.CASCADE, primary_key=True, related_name="health")
    # the worker that reads it now; another may take over when the lease ends
    leased_by = models.CharField(max_length=64, default="", blank=True)
    leased_until = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)  # the last look at the server that succeeded
    asked_at = models.DateTimeField(null=True)  # somebody wanted a look at once: the connection begins anew
    mail_at = models.DateTimeField(null=True)  # when the latest mail was taken
    waiting = models.PositiveIntegerField(default=0)  # mails on the server that were not taken yet
    lag_seconds = models.PositiveIntegerField(default=0)  # between the server's own date of the latest mail and ours
    idle = models.BooleanField(default=False)  # the server tells of new mail by itself
    # why fetching fails: a word for programs, a sentence for people
    failing_since = models.DateTimeField(null=True)
    failure = models.CharField(max_length=20, default="", blank=True)
    error = models.CharField(max_length=500, default="", blank=True)
    sent_at = models.DateTimeField(null=True)
    sending_failed_since = models.DateTimeField(null=True)
    sending_error = models.CharField(max_length=500, default="", blank=True)
    # bit by bit whether the latest sixteen mails carried a verdict of a trusted server, the newest lowest
    verdicts = models.PositiveIntegerField(default=0)
    verdicts_seen = models.PositiveSmallIntegerField(default=0)  # of those sixteen


class Folder(models.Model):
    """What we have of one folder of a mailbox, in the server's own numbers."""

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="folders")
    name = models.CharField(max_length=200)
    uid_validity = models.BigIntegerField()
    first_uid = models.BigIntegerField()  # UIDNEXT when it was connected
    taken = models.TextField(default="", blank=True)  # the UIDs stored since, as an IMAP sequence set: "7:90,93"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailbox", "name"], name="folder_once")]


class SelfTest(models.Model):
    """A test of one mailbox: a mail sent by it to itself, and back again. Such a mail never becomes a ticket."""

    class Steps(models.TextChoices):
        STARTED = "started"
        SENT = "sent"
        ARRIVED = "arrived"
        FAILED = "failed"

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="tests")
    # stands in a header of the test mail
    mark = models.CharField(max_length=64, unique=True)
    step = models.CharField(max_length=8, choices=Steps.choices, default=Steps.STARTED)
    error = models.CharField(max_length=500, default="", blank=True)
    started_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    plus_arrived_at = models.DateTimeField(null=True)  # the copy to the plus-address came too
