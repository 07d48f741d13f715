"""The automatic acknowledgement: once, to who wrote, without a word of theirs; and machines that never stop."""

import itertools
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from headway.events.actor import Actor
from headway.foundation import clock
from headway.foundation.clock import now
from headway.intake.channel import Arrival
from headway.intake.email import acknowledging, automatic, composing, processing, sending
from headway.intake.email.mail import ParsedMail
from headway.intake.email.parse.whole import parse
from headway.intake.email.receiving import keep
from headway.intake.models import Automatic, Delivery, Mailbox, RawMail
from headway.intake.suppression import actions as suppression
from headway.intake.tests.letters import letter
from headway.people.models import Agent, Brand, BrandAddress, Identity
from headway.settings import actions as settings
from headway.tickets import actions as tickets
from headway.tickets.actions import Words
from headway.tickets.models import Message, Ticket

pytestmark = pytest.mark.usefixtures("database")

_numbers = itertools.count(1)
BORDER = "Received: from out.example.com (out.example.com [192.0.2.9]) by mx.desk.example with ESMTPS; x"
PASS = "Authentication-Results: mx.desk.example; dmarc=pass header.from=example.com"
FAIL = PASS.replace("=pass", "=fail")


@pytest.fixture(autouse=True)
def mailbox(database: None) -> Mailbox:
    brand = Brand.objects.create(name="Shop", slug="shop", signature="The shop")
    address = BrandAddress.objects.create(brand=brand, address="help@desk.example", is_primary=True)
    return Mailbox.objects.create(
        address=address,
        user="help",
        connected_at=now(),
        trusted_servers=["mx.desk.example"],
        acknowledgement="We have your message. Its number is {{ ticket }}.\n\n{{ signature }}",
    )


def come(text: str = "Please help.", *headers: str, verdict: str = PASS, **asked: str) -> Message:
    """A mail comes in and is processed; the job that follows is not run."""
    raw = "\r\n".join([*([verdict] if verdict else []), BORDER, ""]).encode() + letter(text, *headers, **asked)
    (raw_id,) = keep([Arrival(f"mailbox:{Mailbox.objects.get().pk}", f"a{next(_numbers)}", raw)])
    while processing.process_waiting():
        pass
    row = RawMail.objects.get(pk=raw_id)
    assert row.message is not None, row.error
    return row.message


def acknowledged(message: Message) -> str:
    return acknowledging.acknowledge(message.pk)


def ours() -> list[Message]:
    return list(Message.objects.filter(direction="out").order_by("pk"))


def mail_of(message: Message) -> ParsedMail:
    """What leaves for one of our messages."""
    sending.queue(message)
    delivery = Delivery.objects.filter(message=message)[0]
    return parse(composing.compose(message, mail_id=delivery.mail_id, to=[delivery.address], copied=[]).raw)


def test_a_new_ticket_is_acknowledged_without_a_word_of_theirs() -> None:
    message = come("Buy pills at evil.example", subject="PILLS", sender='"Pills Pills" <dana@example.com>')
    assert acknowledged(message) == "sent"
    (reply,) = ours()
    mail = mail_of(reply)
    assert reply.text == f"We have your message. Its number is {message.ticket_id}.\n\nThe shop"
    assert mail.subject == f"Your request [#{message.ticket_id}]"
    said = mail.whole + mail.subject + mail.html + mail.html_quoted + " ".join(one.name for one in mail.to)
    assert "pills" not in said.casefold()
    assert "evil" not in said
    assert mail.evidence.auto_submitted == "auto-replied"
    assert [one.email for one in mail.to] == ["dana@example.com"]
    assert RawMail.objects.get(message=message).findings["acknowledgement"] == "sent"


def test_it_is_no_answer(sam: Agent) -> None:
    message = come()
    acknowledged(message)
    ticket = Ticket.objects.get(pk=message.ticket_id)
    assert (ticket.category, ticket.first_replied_at, ticket.waiting_since) == ("new", None, message.at)
    assert (ticket.snippet, ours()[0].automatic) == ("Please help.", True)
    tickets.reply(ticket, Words(text="Try again."), actor=sam.actor)
    ticket.refresh_from_db()
    assert ticket.first_replied_at is not None


def test_a_follow_up_is_not_acknowledged_by_the_job_that_follows(
    committed_db: str, run_jobs: Callable[[], None], mailbox: Mailbox
) -> None:
    come(message_id="q@example.com")
    run_jobs()
    assert len(ours()) == 1
    come("More", "In-Reply-To: <q@example.com>")
    run_jobs()
    assert (len(ours()), Ticket.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("headers", "verdict", "why"),
    [
        ((), FAIL, "not a customer's own"),
        ((), "", "the sender is not verified"),
        ((), PASS.replace("dmarc=pass", "dmarc=none"), "the sender is not verified"),
        (("Auto-Submitted: auto-generated",), PASS, "not a customer's own"),
        (("Precedence: bulk",), PASS, "Precedence"),
        (("List-Id: <news.example.com>",), PASS, "a mailing list"),
        (("List-Unsubscribe: <https://example.com>",), PASS, "a mailing list"),
        (("X-Auto-Response-Suppress: All",), PASS, "X-Auto-Response-Suppress"),
        (("Return-Path: <>",), PASS, "not a customer's own"),
        (("Reply-To: help@desk.example",), PASS, "our own address"),
        (("Date: Mon, 2 Mar 2026 10:00:00 +0000",), PASS, "an old mail"),
    ],
)
def test_what_is_never_answered(headers: tuple[str, ...], verdict: str, why: str) -> None:
    assert acknowledged(come("Hello", *headers, verdict=verdict)) == why
    assert (ours(), Automatic.objects.count()) == ([], 0)


def test_a_verified_address_is_answered_without_a_verdict() -> None:
    first = come(verdict="")
    Identity.objects.filter(customer=first.customer).update(verified_at=now())
    assert acknowledged(come("Again", verdict="")) == "sent"
    assert acknowledged(come("And again", verdict=FAIL)) == "not a customer's own"


def test_nothing_is_acknowledged_late(mailbox: Mailbox) -> None:
    message = come()
    with clock.frozen(now() + timedelta(days=2)):
        assert acknowledged(message) == "an old mail"


def test_nor_where_nobody_asked_for_it(mailbox: Mailbox) -> None:
    Mailbox.objects.update(acknowledgement=" ")
    assert acknowledged(come()) == ""


def test_nor_to_a_suppressed_address() -> None:
    suppression.suppress("dana@example.com", "bounced", actor=Actor.system())
    assert acknowledged(come()) == "suppressed"


class TestLimits:
    """One address per window, and bounds above."""

    def test_one_address_gets_one_in_a_window(self) -> None:
        assert [acknowledged(come("One")), acknowledged(come("Two"))] == ["sent", "limit: window"]
        with clock.frozen(now() + timedelta(minutes=61)):
            assert acknowledged(come("Three")) == "sent"

    @pytest.mark.parametrize(
        ("setting", "why"),
        [
            ("automatic_per_recipient_day", "recipient"),
            ("automatic_per_mailbox_hour", "mailbox"),
            ("automatic_per_hour", "all"),
        ],
    )
    def test_each_bound_holds(self, setting: str, why: str) -> None:
        settings.change({"automatic_window_minutes": 0, setting: 2}, actor=Actor.system())
        found = [automatic.count("dana@example.com", mailbox="help@desk.example") for _ in range(3)]
        assert found == ["", "", why]

    def test_the_bound_of_all_counts_every_mailbox_and_address(self) -> None:
        settings.change({"automatic_per_hour": 2}, actor=Actor.system())
        found = [automatic.count(f"{n}@example.com", mailbox=f"{n}@desk.example") for n in range(3)]
        assert found == ["", "", "all"]

    def test_what_no_limit_looks_back_to_is_forgotten(self) -> None:
        automatic.count("dana@example.com", mailbox="help@desk.example")
        assert automatic.sweep() == 0
        with clock.frozen(now() + timedelta(days=2)):
            assert automatic.sweep() == 1

    def test_no_address_stands_in_the_table(self) -> None:
        automatic.count("dana@example.com", mailbox="help@desk.example")
        assert "dana" not in str(Automatic.objects.values().get())


class Machine:
    """Somebody's auto-responder of the worst kind: it answers everything, stamps nothing, threads nothing, and passes
    every check; each of its mails begins a new ticket."""

    def __init__(self) -> None:
        self.waiting = 1  # mails of ours that it has not answered yet
        self.answers = 0  # of ours to it

    def turn(self) -> bool:
        """One round: it answers what we sent, and we do what we do. False when nothing was there to answer."""
        if not self.waiting:
            return False
        said = acknowledged(come("I am away.", subject="Your mail"))
        assert said == "sent" or said.startswith("limit: ")
        self.answers += said == "sent"
        self.waiting += (said == "sent") - 1
        return True


def test_two_auto_responders_stop_by_themselves() -> None:
    machine = Machine()
    rounds = sum(machine.turn() for _ in range(50))
    assert (rounds, machine.answers, len(ours())) == (2, 1, 1)


def bounded(rounds: int, step: timedelta) -> Iterator[tuple[int, int]]:
    """Lets a machine that begins anew in every round write to us; yields round and how often we answered."""
    begun = now()
    machine = Machine()
    for number in range(rounds):
        with clock.frozen(begun + number * step):
            machine.waiting = 1
            machine.turn()
        yield number + 1, machine.answers


def test_an_auto_responder_that_never_gives_up_is_answered_a_few_times_a_day() -> None:
    answers = 0
    for number, answers in bounded(60, timedelta(minutes=30)):
        assert answers <= 5 * (number * 30 // (24 * 60) + 1)
    assert len(ours()) == answers > 5


def test_two_auto_responders_left_alone_for_10_000_rounds_stay_bounded() -> None:
    """A round a minute: each answers whatever the other sent. Twice a day something sets them off again."""
    begun, machine, mails = now(), Machine(), 0
    for number in range(10_000):
        machine.waiting += number % (12 * 60) == 0 and number > 0
        if machine.waiting:
            with clock.frozen(begun + number * timedelta(minutes=1)):
                mails += machine.turn()
    assert (len(ours()), mails) == (14, 28)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_machine_that_begins_anew_every_five_minutes_of_a_week_is_answered_a_few_times_a_day() -> None:
    answers = 0
    for number, answers in bounded(7 * 24 * 12, timedelta(minutes=5)):
        assert answers <= 5 * (number // (24 * 12) + 1)
    assert 5 <= len(ours()) == answers <= 35


def test_what_headway_itself_says_is_in_the_tickets_language() -> None:
    message = come("Ich kann keine Rechnungen mehr herunterladen, was ist da los?", subject="Rechnungen")
    acknowledged(message)
    assert mail_of(ours()[0]).subject == f"Ihre Anfrage [#{message.ticket_id}]"
