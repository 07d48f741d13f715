"""The tables of the ways in and out."""

from headway.intake.models.deliveries import Automatic, Delivery, Suppression
from headway.intake.models.doors import Grant, Hook, Provider, SignIn
from headway.intake.models.mailboxes import Folder, Mailbox, MailboxHealth, SelfTest
from headway.intake.models.mails import Awaited, MailId, RawMail
from headway.intake.models.spam import SenderRule

__all__ = [
    "Automatic",
    "Awaited",
    "Delivery",
    "Folder",
    "Grant",
    "Hook",
    "MailId",
    "Mailbox",
    "MailboxHealth",
    "Provider",
    "RawMail",
    "SelfTest",
    "SenderRule",
    "SignIn",
    "Suppression",
]
