"""Out by a real mail server and back in from another: Exim and Dovecot on loopback."""

import email
import email.policy
import imaplib
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage

import pytest

from headway.events.actor import Actor
from headway.intake.email import processing, selftest, sending
from headway.intake.email.imap.fetching import fetch_once
from headway.intake.email.imap.tests.boxes import USER, Boxes
from headway.intake.models import Delivery, Mailbox, Suppression
from headway.intake.tests.letters import letter
from headway.people.models import Agent, Brand
from headway.settings import actions as settings
from headway.tickets import actions
from headway.tickets.actions import Words
from headway.tickets.models import Message, Ticket
from tests.mailservers import exim as program
from tests.mailservers.dovecot import PASSWORD, Dovecot
from tests.mailservers.exim import GONE, Exim

pytestmark = pytest.mark.usefixtures("db")

LONG = "a" * 88 + "@example.com"


@pytest.fixture
def exim(dovecot: Dovecot) -> Iterator[Exim]:
    with program.running(dovecot.lmtp) as server:
        yield server


@pytest.fixture
def mailbox(dovecot: Dovecot, exim: Exim, ada: Agent, acme: Brand) -> Mailbox:
    settings.change({"undo_seconds": 0}, actor=Actor.system())
    box = Boxes(dovecot, ada, acme).connect(smtp_host="localhost", smtp_port=exim.smtp, smtp_security="none")
    fetch_once(box)
    return box


def until(done: Callable[[], bool], mailbox: Mailbox) -> None:
    """Fetches and processes until it is so; the servers hand on by themselves."""
    for _ in range(100):
        fetch_once(mailbox)
        while processing.process_waiting():
            pass
        if done():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come back")


def received(dovecot: Dovecot, user: str) -> tuple[bytes, EmailMessage]:
    """The newest mail in somebody's inbox."""
    for _ in range(100):
        with imaplib.IMAP4("127.0.0.1", dovecot.imap) as client:
            client.login(user, PASSWORD)
            _ok, (count,) = client.select("INBOX")
            if count and int(count):
                _ok, parts = client.fetch(count.decode(), "(BODY.PEEK[])")
                assert isinstance(parts[0], tuple)
                raw = parts[0][1]
                return raw, email.message_from_bytes(raw, policy=email.policy.default)
        time.sleep(0.1)
    raise AssertionError(f"{user} got no mail")


def answered(sam: Agent, ticket: Ticket, *copied: str) -> Message:
    reply = actions.reply(ticket, Words(text="Please try again.", copied=copied), actor=sam.actor)
    sending.queue(reply)
    sending.send(reply.pk)
    return reply


def asked(exim: Exim, mailbox: Mailbox, **letter_of: str) -> Ticket:
    before = Ticket.objects.count()
    exim.send(letter(to=USER, **letter_of), USER)
    until(lambda: Ticket.objects.count() > before, mailbox)
    return Ticket.objects.order_by("-pk")[0]


def test_a_self_test_goes_round_and_proves_plus_addresses(mailbox: Mailbox, ada: Agent) -> None:
    test = selftest.start(mailbox, actor=ada.actor)
    selftest.run(test.pk)

    def done() -> bool:
        test.refresh_from_db()
        return test.arrived_at is not None and test.plus_arrived_at is not None

    until(done, mailbox)
    assert (test.step, test.error, Ticket.objects.count()) == ("arrived", "", 0)
    assert Mailbox.objects.get(pk=mailbox.pk).plus_addressing


def test_ids_of_a_hundred_characters_arrive_as_they_are(
    mailbox: Mailbox, dovecot: Dovecot, exim: Exim, sam: Agent
) -> None:
    ticket = asked(exim, mailbox, message_id=LONG)
    reply = answered(sam, ticket)
    raw, mail = received(dovecot, "dana@example.com")
    lines = raw.split(b"\r\n\r\n")[0].split(b"\r\n")
    assert f"In-Reply-To: <{LONG}>".encode() in lines
    assert f"References: <{LONG}>".encode() in lines
    assert Delivery.objects.get(message=reply).state == "sent"
    exim.send(letter("Works", f"In-Reply-To: {mail['Message-ID']}", to=USER), USER)
    until(lambda: ticket.messages.filter(direction="in").count() > 1, mailbox)
    assert Ticket.objects.count() == 1


def test_the_signed_reply_address_brings_an_answer_back_without_any_id(
    mailbox: Mailbox, dovecot: Dovecot, exim: Exim, sam: Agent
) -> None:
    Mailbox.objects.update(plus_addressing=True)
    ticket = asked(exim, mailbox)
    answered(sam, ticket)
    _raw, mail = received(dovecot, "dana@example.com")
    reply_to = mail["Reply-To"].addresses[0].addr_spec
    assert reply_to.startswith("help+t")
    exim.send(letter("Works", to=reply_to, subject="Something else"), reply_to)
    until(lambda: ticket.messages.filter(direction="in").count() > 1, mailbox)
    assert Ticket.objects.count() == 1


def test_a_real_bounce_is_noted_and_stops_the_address(mailbox: Mailbox, exim: Exim, sam: Agent) -> None:
    ticket = asked(exim, mailbox)
    reply = answered(sam, ticket, f"{GONE}@shop.example")
    until(lambda: Suppression.objects.exists(), mailbox)
    row = Suppression.objects.get()
    assert (row.address, row.reason, row.message_id) == (f"{GONE}@shop.example", "bounced", reply.pk)
    assert ticket.notes.count() == 1
    assert Ticket.objects.count() == 1
    again = actions.reply(ticket, Words(text="Again", copied=[f"{GONE}@shop.example"]), actor=sam.actor)
    sending.queue(again)
    assert Delivery.objects.get(message=again, copied=True).state == "failed"
