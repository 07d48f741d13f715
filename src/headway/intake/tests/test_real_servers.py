"""The whole way over real servers: SMTP to Exim, LMTP to Dovecot, IMAP to us, and our answers back the same way."""

import base64
import email
import os
from collections.abc import Callable, Iterator
from email.message import Message as Mail

import pytest
from django.conf import settings as django_settings

from headway.events.actor import Actor
from headway.foundation import files
from headway.intake.email import processing, sending
from headway.intake.email.imap.fetching import fetch_once
from headway.intake.email.imap.tests.boxes import Boxes
from headway.intake.models import Delivery, Mailbox, RawMail
from headway.intake.suppression import queries as suppression
from headway.intake.tests.letters import letter
from headway.ops.tests.running import until
from headway.people.models import Agent, Brand
from headway.settings import actions as settings
from headway.tickets import actions
from headway.tickets.actions import Words
from headway.tickets.models import Message, MessageFile, Note, Ticket
from tests.mailservers import exim as program
from tests.mailservers.dovecot import Dovecot
from tests.mailservers.exim import GONE, Exim

pytestmark = pytest.mark.usefixtures("db")

HELP = "help@acme.example"
DANA = "dana@shop.example"


@pytest.fixture
def exim(dovecot: Dovecot) -> Iterator[Exim]:
    with program.running(dovecot.lmtp) as server:
        yield server


@pytest.fixture
def mailbox(ada: Agent, acme: Brand, dovecot: Dovecot, exim: Exim, monkeypatch: pytest.MonkeyPatch) -> Mailbox:
    """Read from Dovecot, sent by Exim; answers leave at once."""
    settings.change({"undo_seconds": 0}, actor=Actor.system())
    monkeypatch.setattr(django_settings.HEADWAY, "mail", f"smtp://127.0.0.1:{exim.smtp}")
    made = Boxes(dovecot, ada, acme).connect(HELP)
    assert fetch_once(made) == 0
    return made


def fetched(mailbox: Mailbox, number: int, log: Callable[[], str]) -> None:
    """Fetches until so many mails have come, and processes them."""
    found = [0]

    def came() -> bool:
        found[0] += fetch_once(mailbox)
        return found[0] >= number

    until(came, log)
    while processing.process_waiting():
        pass


def leave(reply: Message) -> None:
    """Our answer leaves."""
    sending.queue(reply)
    sending.send(reply.pk)
    assert [(one.state, one.result) for one in Delivery.objects.filter(message=reply, state="failed")] == []


def boxes_of(dovecot: Dovecot, user: str, number: int, log: Callable[[], str]) -> list[Mail]:
    """The mails in somebody's inbox, once there are so many."""
    folder = dovecot.folder / "users" / user / "mail" / "new"

    def there() -> bool:
        return folder.is_dir() and len(list(folder.iterdir())) >= number

    until(there, log)
    raws = [path.read_bytes() for path in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)]
    return [email.message_from_bytes(raw) for raw in raws]


def test_a_mail_its_answer_and_the_answer_to_that_make_one_ticket(
    mailbox: Mailbox, dovecot: Dovecot, exim: Exim, sam: Agent
) -> None:
    # ids of a hundred characters: programs that encode them break every thread
    asked = "q" * 88 + "@shop.example"
    earlier = "e" * 88 + "@shop.example"
    exim.send(letter("I cannot sign in.", f"References: <{earlier}>", sender=DANA, to=HELP, message_id=asked), HELP)
    fetched(mailbox, 1, exim.log)
    ticket = Ticket.objects.get()
    assert Message.objects.get().text == "I cannot sign in."
    reply = actions.reply(ticket, Words(text="Please try again."), actor=sam.actor)
    leave(reply)
    (mail,) = boxes_of(dovecot, DANA, 1, exim.log)
    assert mail["In-Reply-To"].split() == [f"<{asked}>"]
    assert f"<{asked}>" in mail["References"].split()
    assert "=?" not in mail["In-Reply-To"] + mail["References"] + mail["Message-ID"]
    ours = mail["Message-ID"].strip()
    exim.send(
        letter("It works now.", f"In-Reply-To: {ours}", f"References: <{asked}> {ours}", sender=DANA, to=HELP), HELP
    )
    fetched(mailbox, 1, exim.log)
    assert [one.text for one in ticket.messages.order_by("pk")] == [
        "I cannot sign in.",
        "Please try again.",
        "It works now.",
    ]
    assert Ticket.objects.count() == 1


def test_exims_own_bounce_is_recognised_and_stops_further_mail(mailbox: Mailbox, exim: Exim, sam: Agent) -> None:
    address = f"{GONE}@shop.example"
    exim.send(letter("Hello", sender=f"Gone <{address}>", to=HELP), HELP, sender=address)
    fetched(mailbox, 1, exim.log)
    ticket = Ticket.objects.get()
    reply = actions.reply(ticket, Words(text="Hello back."), actor=sam.actor)
    leave(reply)
    fetched(mailbox, 1, exim.log)
    delivery = Delivery.objects.get()
    assert (delivery.state, "5.1.1" in delivery.result) == ("failed", True), exim.log()
    assert Ticket.objects.count() == 1
    assert Note.objects.filter(ticket=ticket).count() == 1
    assert suppression.reasons([address])


def test_a_mail_waits_at_the_server_while_the_one_behind_it_is_away(
    mailbox: Mailbox, dovecot: Dovecot, exim: Exim
) -> None:
    dovecot.stop()
    exim.send(letter("Waiting", sender=DANA, to=HELP), HELP)
    until(lambda: "Connection refused" in exim.log(), exim.log)
    dovecot.start()
    exim.deliver_now()
    fetched(mailbox, 1, exim.log)
    assert Message.objects.get().text == "Waiting"


@pytest.mark.long
def test_fifty_megabytes_come_over_smtp_lmtp_and_imap(mailbox: Mailbox, exim: Exim) -> None:
    data = os.urandom(57 * 64)
    line = base64.encodebytes(data)
    body = b"--b\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n"
    body += b"--b\r\nContent-Type: application/zip; name=big.zip\r\n"
    body += b"Content-Transfer-Encoding: base64\r\n\r\n" + line.replace(b"\n", b"\r\n") * 10_200 + b"--b--\r\n"
    raw = letter("", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", sender=DANA, to=HELP).rstrip()
    raw += b"\r\n\r\n" + body
    assert len(raw) > 50_000_000
    exim.send(raw, HELP)
    fetched(mailbox, 1, exim.log)
    row = RawMail.objects.get()
    file = MessageFile.objects.get()
    assert (row.state, file.name, file.size) == ("done", "big.zip", len(data) * 10_200)
    assert files.read(file.sha256) == data * 10_200
