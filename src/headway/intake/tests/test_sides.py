"""Side conversations by mail: out by the queue, answers back to where they belong, and never to the customer."""

import email
import email.policy
from collections.abc import Sequence

import pytest

from headway.events.models import Entry
from headway.events.queries import recorded
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Invalid
from headway.intake.channel import Outcome, Outgoing
from headway.intake.email import lookups, sending, tokens
from headway.intake.models import Delivery, Mailbox, MailId, RawMail
from headway.intake.tasks import queue_side
from headway.intake.tests.letters import arrive, letter
from headway.people.models import Agent, Brand, BrandAddress, Customer
from headway.sla.queries import owed
from headway.tickets import actions
from headway.tickets.actions import Words, stored
from headway.tickets.models import Message, SideConversation, SideMessage, Ticket
from headway.tickets.queries import conversation
from headway.tickets.tests.desk import asks, story

pytestmark = pytest.mark.usefixtures("db")

LI = "Li <li@supplier.example>"


class Post:
    """A way out that keeps what it is given."""

    def __init__(self) -> None:
        self.sent: list[Outgoing] = []

    def send(self, message: Outgoing) -> list[Outcome]:
        self.sent.append(message)
        return [Outcome(address, sent=True, reply="250 ok") for address in message.recipients]


@pytest.fixture
def mailbox(acme: Brand) -> Mailbox:
    address = BrandAddress.objects.create(brand=acme, address="help@desk.example", is_primary=True)
    return Mailbox.objects.create(address=address, user="help", plus_addressing=True, connected_at=now())


def begin(ticket: Ticket, sam: Agent, people: Sequence[str] = ("Li@supplier.example",), **more: object) -> SideMessage:
    words = Words(text="Where is the order?", files=[stored("order.txt", "text/plain", b"7")])
    return actions.start_side(ticket, people, "Order 7", words, actor=sam.actor, **more)  # type: ignore[arg-type]


def leave(message: SideMessage) -> list[email.message.EmailMessage]:
    """The follower and the job."""
    entry = Entry.objects.get(kind="side.written", data__message_id=message.pk)
    queue_side(recorded(entry))  # type: ignore[arg-type]
    Delivery.objects.filter(side=message).update(due_at=now())
    post = Post()
    sending.send_side(message.pk, post)
    return [email.message_from_bytes(one.raw, policy=email.policy.default) for one in post.sent]


def test_what_they_get_names_nothing_of_the_ticket(sam: Agent, dana: Customer, mailbox: Mailbox) -> None:
    ticket = asks(dana, "Card declined", "My card 4242 was declined.")
    actions.note(ticket, "She shouted at me.", actor=sam.actor)
    chosen = Message.objects.get(ticket=ticket)
    other = actions.receive(ticket, Words(text="And my address is secret."), customer=dana, actor=sam.actor)
    message = begin(ticket, sam, ["li@supplier.example", "mo@supplier.example"], quote=[chosen.pk])
    mails = leave(message)
    assert len(mails) == 2, "each has a reply address of his own"
    assert mails[0]["Reply-To"] != mails[1]["Reply-To"]
    whole = mails[0].as_string()
    assert (mails[0]["Subject"], mails[0]["To"]) == ("Order 7", "li@supplier.example, mo@supplier.example")
    assert "My card 4242 was declined." in whole
    for hidden in ("dana@example.com", "shouted", other.text, "Card declined", f"#{ticket.pk}", "X-Headway-Ticket"):
        assert hidden not in whole
    assert [part.get_filename() for part in mails[0].iter_attachments()] == ["order.txt"]
    assert story(ticket)[-2:] == ["side.written", "side.sent"]
    assert [turn.text for turn in conversation(ticket).turns] == [
        "My card 4242 was declined.", "She shouted at me.", "And my address is secret.",
    ]  # fmt: skip


@pytest.mark.parametrize("by", ["token", "in-reply-to"])
def test_an_answer_joins_it_and_nothing_of_the_customers(
    sam: Agent, mia: Agent, dana: Customer, mailbox: Mailbox, by: str
) -> None:
    ticket = asks(dana)
    actions.assign(ticket, mia, actor=mia.actor)
    actions.snooze(ticket, None, actor=sam.actor)
    ticket.refresh_from_db()
    waiting, due = ticket.waiting_since, owed([ticket.pk])
    (mail,) = leave(begin(ticket, sam))
    customers = Customer.objects.count()
    back = f"In-Reply-To: {mail['Message-ID']}"
    to = mail["Reply-To"].addresses[0].addr_spec if by == "token" else "help@desk.example"
    row = arrive(letter("It left today.", *([back] if by != "token" else []), sender=LI, to=to, subject="Re: Order 7"))
    answer = SideMessage.objects.get(direction="in")
    assert (row.side, row.message, row.findings["because"]) == (answer, None, by)
    assert (answer.text, answer.name, answer.address, answer.held) == (
        "It left today.",
        "Li",
        "li@supplier.example",
        False,
    )
    assert Message.objects.filter(ticket=ticket).count() == 1
    assert Customer.objects.count() == customers, "a supplier is no customer"
    ticket.refresh_from_db()
    assert (ticket.waiting_since, owed([ticket.pk])) == (waiting, due), "no clock heeds it"
    assert (ticket.snoozed_until, ticket.returned) == (None, "side")
    event = Entry.objects.get(kind="side.answered")
    assert event.data["assignee_id"] == mia.pk
    (again,) = leave(actions.answer_side(answer.side, Words(text="Thank you."), actor=sam.actor))
    assert again["Subject"] == "Re: Order 7"
    assert again["In-Reply-To"] in str(MailId.objects.get(side=answer).value).join("<>")
    assert "> It left today." in again.as_string()


def test_a_stranger_with_the_token_is_held_until_let_in(sam: Agent, dana: Customer, mailbox: Mailbox) -> None:
    ticket = asks(dana)
    (mail,) = leave(begin(ticket, sam))
    token = mail["Reply-To"].addresses[0].addr_spec
    back = f"In-Reply-To: {mail['Message-ID']}"
    arrive(letter("Let me in.", sender="Eve <eve@else.example>", to=token))
    arrive(letter("What is this?", back, sender="Dana <dana@example.com>", to=token))
    stranger, customer = SideMessage.objects.filter(direction="in").order_by("pk")
    assert (stranger.held, customer.held) == (True, True)
    ticket.refresh_from_db()
    assert (ticket.returned, SideConversation.objects.get().answered_at) == ("", None)
    actions.admit_side(stranger, actor=sam.actor)
    side = SideConversation.objects.get()
    assert side.people == ["li@supplier.example", "eve@else.example"]
    with pytest.raises(Conflict):
        actions.admit_side(stranger, actor=sam.actor)
    with pytest.raises(Conflict):
        actions.admit_side(customer, actor=sam.actor)
    assert Message.objects.filter(ticket=ticket).count() == 1
    arrive(letter("And now?", back, sender="Eve <eve@else.example>", to=token))
    assert not SideMessage.objects.get(text="And now?").held


def test_its_people_never_join_the_customers_conversation(sam: Agent, dana: Customer, mailbox: Mailbox) -> None:
    ticket = asks(dana)
    leave(begin(ticket, sam))
    forged = tokens.address("help@desk.example", tokens.make(lookups.token_key(), ticket.pk, 0))
    arrive(letter("I want to read all.", sender=LI, to=forged))
    arrive(letter("By number.", sender=LI, subject=f"Re: Card declined [#{ticket.pk}]"))
    assert [one.held for one in Message.objects.filter(ticket=ticket).order_by("pk")] == [False, True]
    side = SideConversation.objects.get()
    mixed = tokens.make(lookups.token_key(), -side.pk, 1)
    assert tokens.verify(lookups.token_key(), "t" + mixed[1:]) is None, "neither token opens the other"


def test_machines_and_forwards(sam: Agent, dana: Customer, mailbox: Mailbox) -> None:
    ticket = asks(dana)
    (mail,) = leave(begin(ticket, sam))
    back = f"In-Reply-To: {mail['Message-ID']}"
    actions.close_side(SideConversation.objects.get(), actor=sam.actor)
    arrive(letter("I am away.", back, "Auto-Submitted: auto-replied", sender=LI))
    assert (SideMessage.objects.get(direction="in").automatic, SideConversation.objects.get().answered_at) == (
        True,
        None,
    )
    assert SideConversation.objects.get().closed_at is not None
    arrive(letter("It is here.", back, sender=LI))
    assert SideConversation.objects.get().closed_at is None, "an answer opens it again"
    arrive(letter("Look", back, sender=LI, subject="Fwd: Order 7"))
    assert Ticket.objects.count() == 2, "a forward begins a ticket"
    assert RawMail.objects.filter(state="done").count() == 3


def test_to_whom_nobody_writes_beside(sam: Agent, dana: Customer, mailbox: Mailbox) -> None:
    ticket = asks(dana)
    for people in ([], ["nobody"], ["DANA@example.com"], ["help@desk.example"], [f"p{n}@x.example" for n in range(21)]):
        with pytest.raises(Invalid):
            begin(ticket, sam, people)
    other = Message.objects.get(ticket=asks(dana, "Other"))
    with pytest.raises(Invalid):
        begin(ticket, sam, quote=[other.pk])
    assert not SideConversation.objects.exists()


def test_a_bounce_is_shown_there(sam: Agent, dana: Customer, mailbox: Mailbox) -> None:
    message = begin(asks(dana), sam)
    leave(message)
    delivery = Delivery.objects.get()
    report = (
        "This is a MIME message.\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nNo such user.\r\n--b\r\n"
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        "Final-Recipient: rfc822; li@supplier.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 unknown\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: <{delivery.mail_id}>\r\n\r\n--b--"
    )
    kind = 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"'
    arrive(letter(report, "MIME-Version: 1.0", kind, "Return-Path: <>", sender="MAILER-DAEMON@mx.example"))
    delivery.refresh_from_db()
    assert delivery.state == "failed"
    assert Entry.objects.get(kind="side.failed").data["reason"] == "bounced-hard"
    assert Ticket.objects.count() == 1
