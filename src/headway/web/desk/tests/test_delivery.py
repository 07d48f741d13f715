"""What is said beside an answer that did not leave."""

import pytest

from headway.foundation.clock import now
from headway.intake.models import Delivery
from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.actions import Words
from headway.web.desk.delivery import failure_words
from headway.web.desk.tests.conftest import HTMX, Ask, At


@pytest.mark.parametrize(
    ("result", "words"),
    [
        ("550 5.1.1 <dana@example.com>: Recipient address rejected: User unknown", "nobody there has this address"),
        ("552 5.2.2 The email account is over quota", "their mailbox is full"),
        ("552 5.3.4 Message size exceeds fixed limit", "too large"),
        ("421 4.7.0 Try again later", "busy"),
        ("554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org", "nothing from ours"),
        ("An earlier mail to this address came back for good. Nothing was sent.", ""),
        ("550 no", ""),
    ],
)
def test_a_refusal_is_said_in_words(result: str, words: str) -> None:
    assert words in failure_words(result)
    assert bool(words) == bool(failure_words(result))


def test_a_failed_answer_says_why_what_is_safe_and_offers_another_try(
    at_desk: At, ask: Ask, sam: Agent, dana: Customer
) -> None:
    ticket = ask(dana)
    message = actions.reply(ticket, Words(text="Hello", language="en"), actor=sam.actor)
    for number in range(5):
        Delivery.objects.create(
            message=message, address=f"d{number}@example.com", mail_id="x@y", state="failed", due_at=now(),
            settled_at=now(), result="550 5.1.1 No such user" if number else "",
        )  # fmt: skip
    client = at_desk(sam)
    page = client.get(f"/desk/tickets/{ticket.pk}").content.decode()
    assert "It did not reach d0@example.com." in page
    assert "nobody there has this address. Ask for another one. (550 5.1.1 No such user)" in page
    assert "2 more addresses too." in page
    assert "What you wrote is kept here." in page
    assert f"/desk/messages/{message.pk}/sending" in page
    path = client.get(f"/desk/messages/{message.pk}/path", headers=HTMX).content.decode()
    assert "Not sent: d1@example.com" in path
    client.post(f"/desk/messages/{message.pk}/sending", headers=HTMX)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"queued"}
