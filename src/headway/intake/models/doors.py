"""Other ways in and what they need: providers' hooks, and the sign-in of mailboxes by OAuth 2."""

from django.db import models

from headway.intake.models.mailboxes import Mailbox


class Hook(models.Model):
    """An address of ours at which a mail provider hands in mails."""

    class Kinds(models.TextChoices):
        MAILGUN = "mailgun"
        SES = "ses"
        POSTMARK = "postmark"

    kind = models.CharField(max_length=10, choices=Kinds.choices)
    name = models.CharField(max_length=80)
    path = models.CharField(max_length=43, unique=True)  # the secret end of its address
    secret = models.BinaryField(default=b"")  # sealed for "hook": the signing key, or the password
    topic = models.CharField(max_length=256, default="", blank=True)  # SES: the only topic that is listened to
    # the provider's word on who sent a mail is believed under this name in Authentication-Results
    trusted_servers = models.JSONField(default=list, blank=True)
    # SES: the address that agrees to what the topic asked; an administrator opens it, nobody else
    confirmation = models.CharField(max_length=1000, default="", blank=True)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=200, default="", blank=True)  # intake.hooks.calls.Reason


class Provider(models.Model):
    """Our registration at a company whose mailboxes people sign in to by OAuth 2."""

    name = models.CharField(max_length=10, choices=[("microsoft", "Microsoft 365"), ("google", "Google")], unique=True)
    client_id = models.CharField(max_length=200)
    client_secret = models.BinaryField(default=b"")  # sealed for "provider"
    tenant = models.CharField(max_length=80, default="", blank=True)  # Microsoft: empty means any


class Grant(models.Model):
    """What a mailbox's owner granted us. The row is locked while it is renewed; a rotated token is committed first."""

    mailbox = models.OneToOneField(Mailbox, on_delete=models.CASCADE, primary_key=True, related_name="grant")
    refresh_token = models.BinaryField()  # sealed for "grant"
    access_token = models.BinaryField(default=b"")  # sealed for "grant"
    expires_at = models.DateTimeField()
    renewed_at = models.DateTimeField()
    # why it cannot be renewed any more; somebody has to sign in again
    broken = models.CharField(max_length=200, default="", blank=True)


class SignIn(models.Model):
    """A sign-in at a provider that was begun and has not come back yet."""

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=64, unique=True)  # SHA-256 of the value that travels
    verifier = models.BinaryField()  # sealed for "sign-in": PKCE, RFC 7636
    agent_id = models.BigIntegerField()
    started_at = models.DateTimeField()
