"""Addresses nothing is sent to: only what came back of ours stops them, visibly, until a person lets them again."""

import pytest

from headway.events.actor import Actor
from headway.events.models import Entry
from headway.foundation.errors import Conflict, Forbidden, Invalid
from headway.intake.channel import Outcome, Outgoing
from headway.intake.email import erasing, sending
from headway.intake.models import Delivery, Suppression
from headway.intake.suppression import actions, queries
from headway.intake.suppression import erasing as forgetting
from headway.intake.tests.letters import arrive, letter, message_of
from headway.people.models import Agent, Customer, Identity
from headway.settings import actions as settings
from headway.tickets import actions as tickets
from headway.tickets.actions import Words, removal
from headway.tickets.models import Message, Ticket

pytestmark = pytest.mark.usefixtures("db")

COMPLAINT = """--b
Content-Type: text/plain

This is an abuse report.
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1
Original-Rcpt-To: dana@example.com

--b
Content-Type: message/rfc822

From: help@desk.example
To: dana@example.com
Message-ID: <{mail_id}>
Subject: Re: Login

Try again.
--b--
"""


class Exit:
    """A way out that takes everything, and remembers to whom it went."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, ...]] = []

    def send(self, message: Outgoing) -> list[Outcome]:
        self.taken.append(message.recipients)
        return [Outcome(one, sent=True, reply="250") for one in message.recipients]


@pytest.fixture(autouse=True)
def _at_once(db: None) -> None:
    settings.change({"undo_seconds": 0}, actor=Actor.system())


def sent(sam: Agent, *copied: str) -> Message:
    reply = tickets.reply(message_of(letter()).ticket, Words(text="Try again.", copied=copied), actor=sam.actor)
    sending.queue(reply)
    sending.send(reply.pk, Exit())
    return reply


def bounce(reply: Message, *, address: str = "dana@example.com", status: str = "5.1.1") -> None:
    mail_id = Delivery.objects.filter(message=reply).values_list("mail_id", flat=True)[0]
    body = (
        "--b\r\nContent-Type: text/plain\r\n\r\nIt failed.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; {address}\r\nAction: failed\r\n"
        f"Status: {status}\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: <{mail_id}>\r\n\r\n--b--\r\n"
    )
    kind = "Content-Type: multipart/report; report-type=delivery-status; boundary=b"
    arrive(letter(body, "MIME-Version: 1.0", kind, sender="mailer-daemon@mx.example", subject="failure"))


def test_a_hard_bounce_of_a_mail_to_that_recipient_suppresses_it(sam: Agent) -> None:
    reply = sent(sam)
    bounce(reply)
    row = Suppression.objects.get()
    assert (row.address, row.reason, row.message_id) == ("dana@example.com", "bounced", reply.pk)
    assert Identity.objects.get(value="dana@example.com").trouble == "bounced"
    assert Entry.objects.filter(kind="address.suppressed", subject_id=row.pk).count() == 1
    assert Entry.objects.filter(kind="customer.identity_marked").count() == 1


def test_a_bounce_that_names_another_address_suppresses_nobody(sam: Agent, chen: Customer) -> None:
    bounce(sent(sam), address="chen@example.com")
    assert not Suppression.objects.exists()


def test_a_bounce_of_a_mail_that_is_not_ours_suppresses_nobody(sam: Agent) -> None:
    sent(sam)
    body = "<dana@example.com>:\r\n550 5.1.1 no such user\r\n\r\nMessage-ID: <never@desk.example>\r\n"
    arrive(letter(body, "Return-Path: <>", sender="MAILER-DAEMON@mx.example", subject="failure notice"))
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("status", ["4.2.2", "5.2.2", "4.4.7"])
def test_a_soft_bounce_is_only_noted(sam: Agent, status: str) -> None:
    reply = sent(sam)
    bounce(reply, status=status)
    assert (Suppression.objects.count(), reply.ticket.notes.count()) == (0, 1)


def test_a_complaint_about_a_mail_of_ours_suppresses_the_reader(sam: Agent) -> None:
    reply = sent(sam)
    mail_id = Delivery.objects.values_list("mail_id", flat=True)[0]
    kind = "Content-Type: multipart/report; report-type=feedback-report; boundary=b"
    raw = letter(COMPLAINT.format(mail_id=mail_id), "MIME-Version: 1.0", kind, sender="fbl@isp.example")
    row = arrive(raw)
    assert (row.message_id, Suppression.objects.get().reason) == (reply.pk, "complained")
    assert (Ticket.objects.count(), reply.ticket.notes.count()) == (1, 1)


@pytest.mark.parametrize(("copied", "expected"), [((), ["dana@example.com"]), (("boss@example.com",), [])])
def test_a_complaint_without_a_name_counts_where_only_one_got_the_mail(
    sam: Agent, copied: tuple[str, ...], expected: list[str]
) -> None:
    sent(sam, *copied)
    mail_id = Delivery.objects.values_list("mail_id", flat=True)[0]
    body = COMPLAINT.replace("Original-Rcpt-To: dana@example.com\n", "").replace("To: dana@example.com\n", "")
    kind = "Content-Type: multipart/report; report-type=feedback-report; boundary=b"
    arrive(letter(body.format(mail_id=mail_id), "MIME-Version: 1.0", kind, sender="fbl@isp.example"))
    assert list(Suppression.objects.values_list("address", flat=True)) == expected


def test_an_answer_to_a_suppressed_address_fails_at_once_and_says_what_to_do(sam: Agent) -> None:
    bounce(sent(sam))
    reply = tickets.reply(Ticket.objects.get(), Words(text="Again", copied=("boss@example.com",)), actor=sam.actor)
    assert sending.queue(reply) == 1
    failed = Delivery.objects.get(message=reply, address="dana@example.com")
    assert (failed.state, failed.attempts) == ("failed", 0)
    assert "came back for good" in failed.result
    assert "administrator" in failed.result
    way = Exit()
    sending.send(reply.pk, way)
    assert way.taken == [("boss@example.com",)]


def test_what_was_queued_before_does_not_leave_either(sam: Agent) -> None:
    reply = tickets.reply(message_of(letter()).ticket, Words(text="Hello"), actor=sam.actor)
    sending.queue(reply)
    actions.suppress("Dana@Example.com", "asked", actor=Actor.system())
    way = Exit()
    sending.send(reply.pk, way)
    delivery = Delivery.objects.get(message=reply)
    assert (way.taken, delivery.state, "stopped all mail" in delivery.result) == ([], "failed", True)
    assert Entry.objects.filter(kind="message.failed", ticket_id=reply.ticket_id).count() == 1


def test_an_administrator_lets_an_address_again_and_the_answer_goes(sam: Agent, ada: Agent) -> None:
    bounce(sent(sam))
    reply = tickets.reply(Ticket.objects.get(), Words(text="Again"), actor=sam.actor)
    sending.queue(reply)
    row = Suppression.objects.get()
    with pytest.raises(Forbidden):
        actions.restore(row, actor=sam.actor)
    actions.restore(row, actor=ada.actor)
    with pytest.raises(Conflict):
        actions.restore(row, actor=ada.actor)
    assert Identity.objects.get(value="dana@example.com").trouble == ""
    assert sending.retry(reply) == 1
    way = Exit()
    sending.send(reply.pk, way)
    assert way.taken == [("dana@example.com",)]


def test_the_list_is_searched_and_paged(ada: Agent) -> None:
    for name in ("a", "b", "c"):
        actions.suppress(f"{name}@example.com", "asked", actor=ada.actor)
    page = queries.listed(limit=2)
    assert [row.address for row in page.rows] == ["c@example.com", "b@example.com"]
    assert [row.address for row in queries.listed(limit=2, cursor=page.next).rows] == ["a@example.com"]
    assert [row.address for row in queries.listed(search="B@ex").rows] == ["b@example.com"]


def test_what_is_no_address_is_not_suppressed(ada: Agent) -> None:
    with pytest.raises(Invalid):
        actions.suppress("nobody", "asked", actor=ada.actor)


def test_two_at_once_are_one(ada: Agent) -> None:
    first = actions.suppress("a@example.com", "asked", actor=ada.actor)
    again = actions.suppress("A@example.com", "bounced", actor=ada.actor)
    assert (first.pk, again.reason) == (again.pk, "asked")


def test_the_addresses_of_an_erased_customer_are_not_kept(sam: Agent, ada: Agent) -> None:
    bounce(sent(sam))
    ticket = Ticket.objects.get()
    customer = ticket.customer
    assert customer is not None
    removal.remove([ticket.pk], actor=ada.actor, reason="asked")
    assert forgetting.sweep() == 0
    customer.delete()
    assert forgetting.sweep() == 1
    assert not Suppression.objects.exists()
    while erasing.sweep():
        pass


def test_they_can_be_forgotten_by_name(ada: Agent) -> None:
    actions.suppress("a@example.com", "asked", actor=ada.actor)
    assert (forgetting.forget(["A@example.com", "b@example.com"]), Suppression.objects.count()) == (1, 0)
