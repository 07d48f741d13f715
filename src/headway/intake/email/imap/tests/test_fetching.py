"""A mailbox on a real server is fetched: everything once, nothing lost, nothing marked as read."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from headway.foundation.clock import now
from headway.intake.email import processing
from headway.intake.email.imap.fetching import Failure, fetch_once
from headway.intake.mailboxes import actions, queries
from headway.intake.models import Folder, Mailbox, RawMail
from headway.intake.tests.letters import letter
from headway.people.models import Agent, Brand
from headway.tickets.models import Message
from tests.mailservers.dovecot import PASSWORD, Dovecot

pytestmark = pytest.mark.usefixtures("db")

USER = "help@acme.example"


@pytest.fixture
def connect(ada: Agent, acme: Brand, dovecot: Dovecot) -> Callable[..., Mailbox]:
    """Connects a mailbox of the server."""

    def connect(**fields: Any) -> Mailbox:
        given = {
            "address": USER,
            "imap_host": "localhost",
            "imap_port": dovecot.imaps,
            "secrets": {"password": PASSWORD},
            **fields,
        }
        return actions.connect(brand=acme, actor=ada.actor, **given)

    return connect


def subjects() -> list[str]:
    while processing.process_waiting():
        pass
    return list(Message.objects.order_by("pk").values_list("ticket__subject", flat=True))


def mails(*names: str) -> list[bytes]:
    return [letter(name, subject=name, message_id=f"{name}@example.com") for name in names]


def test_new_mails_become_tickets_and_stay_unread(connect: Callable[..., Mailbox], dovecot: Dovecot) -> None:
    dovecot.append(USER, *mails("old"), at=now() - timedelta(minutes=1))
    mailbox = connect()
    assert fetch_once(mailbox) == 0
    dovecot.append(USER, *mails("a", "b"))
    assert fetch_once(mailbox) == 2
    assert fetch_once(mailbox) == 0
    assert subjects() == ["a", "b"]
    assert not any(b"Seen" in flags for flags in dovecot.flags(USER))
    row = RawMail.objects.first()
    assert row is not None
    assert (row.source, row.envelope) == (f"mailbox:{mailbox.pk}", {"to": [USER]})
    line = queries.health(mailbox.pk)
    assert (line.state, line.health.waiting) == ("working", 0)
    assert line.health.mail_at is not None


@pytest.mark.parametrize(
    "way", [("imaps", "tls"), ("imap", "starttls"), ("imap", "none")], ids=["tls", "starttls", "none"]
)
def test_every_kind_of_connection(connect: Callable[..., Mailbox], dovecot: Dovecot, way: tuple[str, str]) -> None:
    mailbox = connect(imap_port=getattr(dovecot, way[0]), imap_security=way[1])
    fetch_once(mailbox)
    dovecot.deliver(USER, *mails("a"))
    assert fetch_once(mailbox) == 1


def test_a_new_uidvalidity_is_a_silent_rescan(connect: Callable[..., Mailbox], dovecot: Dovecot) -> None:
    dovecot.append(USER, *mails("old", "older"), at=now() - timedelta(minutes=1))
    mailbox = connect()
    fetch_once(mailbox)
    dovecot.append(USER, *mails("a", "b"), at=now() + timedelta(seconds=2))
    fetch_once(mailbox)
    before = Folder.objects.get()
    dovecot.forget_numbers(USER)
    dovecot.append(USER, *mails("c"), at=now() + timedelta(seconds=2))
    assert fetch_once(mailbox) == 3
    assert subjects() == ["a", "b", "c"]
    after = Folder.objects.get()
    assert after.uid_validity != before.uid_validity
    assert sorted(RawMail.objects.values_list("state", flat=True)) == ["done"] * 3 + ["duplicate"] * 2
    assert fetch_once(mailbox) == 0


def test_a_mail_moved_away_and_back_is_one_message(connect: Callable[..., Mailbox], dovecot: Dovecot) -> None:
    mailbox = connect()
    fetch_once(mailbox)
    dovecot.append(USER, *mails("a", "b"))
    assert fetch_once(mailbox) == 2
    with dovecot.client(USER) as client:
        client.create("Else")
        client.uid("MOVE", "1", "Else")
        client.select("Else")
        client.uid("MOVE", "1:*", "INBOX")
    fetch_once(mailbox)
    assert subjects() == ["a", "b"]


def test_a_wrong_password_is_told_in_a_sentence(connect: Callable[..., Mailbox]) -> None:
    mailbox = connect(secrets={"password": "wrong"})
    with pytest.raises(Failure, match="refuses the user name or password") as failure:
        fetch_once(mailbox)
    assert failure.value.word == "password"
    line = queries.health(mailbox.pk)
    assert (line.state, line.health.failure) == ("failing", "password")
    assert "wrong" not in line.health.error
