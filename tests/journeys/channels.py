"""Channels worth a picture: mailboxes in every state, mails that could not be read, addresses that are stopped."""

from datetime import timedelta

from headway.foundation.clock import now
from headway.intake.email import claiming
from headway.intake.mailboxes import actions, health
from headway.intake.models import Mailbox, MailboxHealth
from headway.intake.suppression.actions import suppress
from headway.intake.tests.letters import arrive, letter
from headway.people.models import Agent, Brand, Customer
from headway.tickets.models import Message

LONG = "the-office-for-questions-about-invoices-and-all-reminders"
REASONS = (
    "took more processor time than allowed",
    "the parsing process was ended by signal 9",
    "DataError: a value did not fit: " + "index row size 2712 exceeds btree version 4 maximum 2704 " * 6,
)


def connect(ada: Agent, brand: Brand, name: str, **more: object) -> Mailbox:
    """A mailbox that has been connected for a month and works."""
    row = actions.connect(
        address=f"{name}@acme.example", brand=brand, actor=ada.actor, secrets={"password": "a password"},
        imap_host=f"{name[:39]}.imap.example", smtp_host="smtp.acme.example", trusted_servers=["mx.acme.example"],
    )  # fmt: skip
    Mailbox.objects.filter(pk=row.pk).update(connected_at=now() - timedelta(days=30))
    health.fetched(row.pk, mail_at=now() - timedelta(minutes=4), lag_seconds=3, idle=True)
    health.sent(row.pk)
    values: dict[str, object] = {"verdicts": 0xFFFF, "verdicts_seen": 16, **more}
    MailboxHealth.objects.filter(pk=row.pk).update(**values)
    row.refresh_from_db()
    return row


def fill(ada: Agent, acme: Brand, dana: Customer) -> dict[str, Mailbox]:
    """Puts it all in."""
    at = now()
    rows = {
        "works": connect(ada, acme, "support"),
        "failing": connect(
            ada, acme, "billing", failing_since=at - timedelta(minutes=42), failure="password", idle=False,
            error="billing.imap.example refuses the user name or password: [AUTHENTICATIONFAILED] Invalid credentials. "
            "Enter them again. Some providers want a password made for programs.",
        ),
        "sending": connect(
            ada, acme, "sales", sending_failed_since=at - timedelta(minutes=12),
            sending_error="smtp.acme.example does not answer on port 587 (no answer in 30 seconds).",
        ),
        "late": connect(ada, acme, "press", waiting=214, lag_seconds=2900, idle=False),
        "unverified": connect(ada, acme, LONG, verdicts=0),
        "paused": connect(ada, acme, "jobs"),
    }  # fmt: skip
    actions.pause(rows["paused"], actor=ada.actor)
    for number in range(14):
        row = arrive(letter(f"Mail {number} " + "with words " * 40, sender="Dana <dana@example.com>"), process=False)
        claiming.quarantine(row.pk, REASONS[number % 3])
    message = Message.objects.order_by("pk").first()
    suppress("dana@example.com", "bounced", actor=ada.actor, message=message)
    suppress(
        "somebody.with.a.rather.long.name.indeed@a-company-with-a-long-name.example", "complained", actor=ada.actor
    )
    suppress("stopped@example.com", "asked", actor=ada.actor)
    return rows
