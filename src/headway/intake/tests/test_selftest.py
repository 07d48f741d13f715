"""The self-test of a mailbox: what left comes back, never becomes a ticket, and silence is explained."""

import email
import email.policy
from collections.abc import Callable
from datetime import timedelta

import pytest

from headway.events.models import Entry
from headway.foundation import clock
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Forbidden
from headway.intake.channel import Arrival, Outcome, Outgoing
from headway.intake.email import erasing, processing, selftest
from headway.intake.email.parse.whole import parse
from headway.intake.email.receiving import keep
from headway.intake.mailboxes import actions as mailboxes
from headway.intake.models import Mailbox, MailboxHealth, RawMail, SelfTest
from headway.intake.tests.letters import letter
from headway.people.models import Agent, Brand
from headway.tickets.models import Ticket

pytestmark = pytest.mark.usefixtures("database")


class Loop:
    """A way out that keeps what it is given, or refuses an address."""

    def __init__(self, refuse: str = "") -> None:
        self.refuse = refuse
        self.taken: list[Outgoing] = []

    def send(self, message: Outgoing) -> list[Outcome]:
        (to,) = message.recipients
        if self.refuse and self.refuse in to:
            return [Outcome(to, sent=False, reply="550 5.1.1 no such user", permanent=True)]
        self.taken.append(message)
        return [Outcome(to, sent=True, reply="250")]


@pytest.fixture
def mailbox(ada: Agent) -> Mailbox:
    brand = Brand.objects.create(name="Shop", slug="shop")
    return mailboxes.connect(
        address="help@desk.example", brand=brand, actor=ada.actor, secrets={"password": "x"},
        imap_host="imap.desk.example", smtp_host="smtp.desk.example",
    )  # fmt: skip


def begun(mailbox: Mailbox, ada: Agent, way: Loop) -> SelfTest:
    test = selftest.start(mailbox, actor=ada.actor)
    selftest.run(test.pk, way)
    test.refresh_from_db()
    return test


def fetched(mailbox: Mailbox, *raws: bytes) -> list[RawMail]:
    ids = [keep([Arrival(f"mailbox:{mailbox.pk}", f"{len(raw)}.{hash(raw)}", raw)])[0] for raw in raws]
    while processing.process_waiting():
        pass
    return list(RawMail.objects.filter(pk__in=ids).order_by("pk"))


def test_two_mails_leave_and_come_back_and_no_ticket_begins(mailbox: Mailbox, ada: Agent) -> None:
    way = Loop()
    test = begun(mailbox, ada, way)
    assert (test.step, [one.recipients[0] for one in way.taken]) == (
        "sent",
        ["help@desk.example", "help+headway-test@desk.example"],
    )
    rows = fetched(mailbox, *(one.raw for one in way.taken))
    test.refresh_from_db()
    assert (test.step, test.error, test.plus_arrived_at is not None) == ("arrived", "", True)
    assert Mailbox.objects.get().plus_addressing
    assert [(row.state, row.findings, row.message_id) for row in rows] == [("done", {"because": "self-test"}, None)] * 2
    assert Ticket.objects.count() == 0
    assert Entry.objects.get(kind="mailbox.tested").data == {"result": "arrived"}
    assert selftest.latest(mailbox) == test


def test_without_plus_addressing_only_the_first_comes_back(mailbox: Mailbox, ada: Agent) -> None:
    Mailbox.objects.update(plus_addressing=True)
    way = Loop(refuse="+")
    test = begun(mailbox, ada, way)
    fetched(mailbox, way.taken[0].raw)
    test.refresh_from_db()
    assert (test.step, test.plus_arrived_at) == ("arrived", None)
    with clock.frozen(now() + timedelta(minutes=4)):
        selftest.expire()
    assert not Mailbox.objects.get().plus_addressing


def test_a_server_that_does_not_take_the_mail_is_named(mailbox: Mailbox, ada: Agent) -> None:
    test = begun(mailbox, ada, Loop(refuse="help@"))
    assert (test.step, test.error) == ("failed", "The mail could not be sent: 550 5.1.1 no such user")
    assert Entry.objects.get(kind="mailbox.tested").data == {"result": "failed"}


@pytest.mark.parametrize(
    ("health", "said"),
    [
        ({}, "a worker runs"),
        ({"looked_at": True}, "spam folder"),
        ({"failing_since": True, "error": "The server refuses the password."}, "refuses the password"),
    ],
)
def test_what_does_not_come_back_in_three_minutes_is_explained(
    mailbox: Mailbox, ada: Agent, health: dict[str, object], said: str
) -> None:
    test = begun(mailbox, ada, Loop())
    later = now() + timedelta(minutes=4)
    changes = {name: later if value is True else value for name, value in health.items()}
    MailboxHealth.objects.filter(mailbox=mailbox).update(**changes) if changes else None
    with clock.frozen(now() + timedelta(minutes=2)):
        selftest.expire()
    test.refresh_from_db()
    assert test.step == "sent"
    with clock.frozen(later):
        selftest.expire()
    test.refresh_from_db()
    assert test.step == "failed"
    assert test.error.startswith("Sent, but it did not come back within 3 minutes: ")
    assert said in test.error


def test_a_mail_that_comes_late_still_counts_and_is_no_ticket(mailbox: Mailbox, ada: Agent) -> None:
    way = Loop()
    test = begun(mailbox, ada, way)
    with clock.frozen(now() + timedelta(minutes=4)):
        selftest.expire()
        fetched(mailbox, way.taken[0].raw)
    test.refresh_from_db()
    assert (test.step, test.error, Ticket.objects.count()) == ("arrived", "", 0)


def test_a_bounce_of_it_and_an_automatic_answer_to_it_are_no_tickets(mailbox: Mailbox, ada: Agent) -> None:
    way = Loop()
    test = begun(mailbox, ada, way)
    sent = email.message_from_bytes(way.taken[0].raw, policy=email.policy.default)
    bounce = (
        f"<help@desk.example>:\r\n550 5.1.1 mailbox is gone\r\n\r\n"
        f"--- Below this line is a copy of the message.\r\n\r\n"
        f"Message-ID: {sent['Message-ID']}\r\nTo: help@desk.example\r\n\r\nA test."
    )
    fetched(
        mailbox,
        letter("Away", f"In-Reply-To: {sent['Message-ID']}", "Auto-Submitted: auto-replied"),
        letter(bounce, "Return-Path: <>", sender="MAILER-DAEMON@mx.example", subject="failure notice"),
    )
    test.refresh_from_db()
    assert (test.step, Ticket.objects.count()) == ("failed", 0)
    assert "mailbox is gone" in test.error


def test_a_mark_that_is_nobodys_is_a_mail_like_any_other(mailbox: Mailbox) -> None:
    mark = "0" * 48
    (row,) = fetched(mailbox, letter("Hello", f"X-Headway-Test: {mark} main", message_id=f"hwtest.{mark}.main@x"))
    assert (row.state, Ticket.objects.count()) == ("done", 1)
    assert selftest.recognise(parse(letter("Hello", f"X-Headway-Test: {mark} main"))) is None


def test_the_same_copy_again_changes_nothing(mailbox: Mailbox, ada: Agent) -> None:
    way = Loop()
    begun(mailbox, ada, way)
    fetched(mailbox, way.taken[0].raw)
    (again,) = keep([Arrival("pipe", "again", way.taken[0].raw)])
    while processing.process_waiting():
        pass
    assert RawMail.objects.get(pk=again).state == "duplicate"
    while erasing.sweep():
        pass
    assert (Ticket.objects.count(), Entry.objects.filter(kind="mailbox.tested").count()) == (0, 1)


def test_a_mailbox_that_cannot_send_anywhere_says_so(mailbox: Mailbox, ada: Agent) -> None:
    Mailbox.objects.update(smtp_host="")
    test = selftest.start(mailbox, actor=ada.actor)
    selftest.run(test.pk)
    test.refresh_from_db()
    assert (test.step, "HEADWAY_MAIL" in test.error) == ("failed", True)


def test_it_is_sent_once_however_often_the_job_runs(mailbox: Mailbox, ada: Agent) -> None:
    way = Loop()
    test = begun(mailbox, ada, way)
    selftest.run(test.pk, way)
    assert len(way.taken) == 2


def test_only_who_operates_may_test_and_only_what_runs(mailbox: Mailbox, ada: Agent, sam: Agent) -> None:
    with pytest.raises(Forbidden):
        selftest.start(mailbox, actor=sam.actor)
    mailboxes.pause(mailbox, actor=ada.actor)
    with pytest.raises(Conflict):
        selftest.start(mailbox, actor=ada.actor)


def test_the_job_sends_it(committed_db: str, run_jobs: Callable[[], None], mailbox: Mailbox, ada: Agent) -> None:
    Mailbox.objects.update(smtp_host="localhost", smtp_port=1)
    test = selftest.start(mailbox, actor=ada.actor)
    run_jobs()
    test.refresh_from_db()
    assert test.step == "failed"
    assert "localhost does not answer on port 1" in test.error
