"""Who is believed, through the whole channel: what a failing or unchecked sender can and cannot move."""

import itertools

import pytest
from aiosmtpd.smtp import Envelope

from headway.events.actor import Actor
from headway.foundation.clock import now
from headway.intake.channel import Arrival
from headway.intake.email import processing
from headway.intake.email.listener.session import _described
from headway.intake.email.receiving import keep
from headway.intake.email.trust import queries
from headway.intake.models import Mailbox, MailboxHealth, RawMail
from headway.intake.tests.letters import letter
from headway.people.models import Agent, Brand, BrandAddress, Customer, Identity
from headway.tickets import actions
from headway.tickets.models import Message, Ticket

pytestmark = pytest.mark.usefixtures("db")

_numbers = itertools.count(1)
BORDER = "Received: from out.example.com (out.example.com [192.0.2.9]) by mx.desk.example with ESMTPS; x"
PASS = "Authentication-Results: mx.desk.example; dmarc=pass header.from=example.com"
FAIL = "Authentication-Results: mx.desk.example; dmarc=fail header.from=example.com"
NOTHING = "Authentication-Results: mx.desk.example; dmarc=none header.from=example.com"


@pytest.fixture
def mailbox() -> Mailbox:
    brand = Brand.objects.create(name="Shop", slug="shop")
    address = BrandAddress.objects.create(brand=brand, address="help@desk.example", is_primary=True)
    return Mailbox.objects.create(address=address, user="help", connected_at=now(), trusted_servers=["mx.desk.example"])


def fetched(mailbox: Mailbox, text: str, *verdict: str, source: str = "", **asked: str) -> RawMail:
    """A mail that came by the mailbox: what our border wrote stands above its line."""
    raw = "\r\n".join([*verdict, BORDER, ""]).encode() + letter(text, **asked)
    (raw_id,) = keep([Arrival(source or f"mailbox:{mailbox.pk}", f"t{next(_numbers)}", raw)])
    while processing.process_waiting():
        pass
    return RawMail.objects.get(pk=raw_id)


def became(row: RawMail) -> Message:
    assert row.message is not None, (row.state, row.error)
    return row.message


def usually_stamped(mailbox: Mailbox) -> None:
    for _ in range(4):
        fetched(mailbox, "Hello", PASS)


def test_a_sender_that_passes_joins(mailbox: Mailbox) -> None:
    first = became(fetched(mailbox, "Help", PASS, message_id="q@example.com"))
    row = fetched(mailbox, "More", PASS, "In-Reply-To: <q@example.com>")
    joined = became(row)
    assert (joined.ticket_id, joined.held) == (first.ticket_id, False)
    assert (row.findings["sender"], row.findings["sender_because"], row.findings["held"]) == ("pass", "dmarc", False)


def test_a_sender_that_fails_is_held_identifies_nobody_and_reopens_nothing(mailbox: Mailbox, sam: Agent) -> None:
    first = became(fetched(mailbox, "Help", PASS, message_id="q@example.com"))
    actions.reply(first.ticket, actions.Words(text="Try again."), actor=sam.actor)
    row = fetched(mailbox, "Pay here instead", FAIL, "In-Reply-To: <q@example.com>")
    message = became(row)
    ticket = Ticket.objects.get(pk=first.ticket_id)
    assert (message.ticket_id, message.held, message.customer_id) == (ticket.pk, True, None)
    assert (ticket.waiting_since, row.findings["sender"], row.findings["held"]) == (None, "fail", True)
    assert "dana@example.com" in ticket.notes.get().text


def test_a_new_mail_of_a_sender_that_fails_is_nobodys_and_kept_apart(mailbox: Mailbox, dana: Customer) -> None:
    message = became(fetched(mailbox, "Change my address", FAIL))
    assert (message.customer_id, message.ticket.customer_id) == (None, None)
    assert message.ticket.suspected_at is not None
    assert "dana@example.com" in message.ticket.notes.get().text
    assert Ticket.objects.filter(customer=dana).count() == 0


def test_a_stranger_that_fails_makes_no_customer(mailbox: Mailbox) -> None:
    fetched(mailbox, "Hello", FAIL, sender="new@example.com")
    assert not Identity.objects.filter(value="new@example.com").exists()


def test_no_verdict_counts_where_the_server_never_gives_one(mailbox: Mailbox) -> None:
    first = became(fetched(mailbox, "Help", message_id="q@example.com"))
    row = fetched(mailbox, "More", "In-Reply-To: <q@example.com>")
    assert (became(row).ticket_id, became(row).held) == (first.ticket_id, False)
    assert (row.findings["sender"], row.findings["sender_because"]) == ("none", "no-header")


@pytest.mark.parametrize("verdict", [(), (NOTHING,)])
def test_no_verdict_is_held_where_the_server_normally_gives_one(mailbox: Mailbox, verdict: tuple[str, ...]) -> None:
    usually_stamped(mailbox)
    first = became(fetched(mailbox, "Help", PASS, message_id="q@example.com"))
    row = fetched(mailbox, "More", *verdict, "In-Reply-To: <q@example.com>")
    assert (became(row).ticket_id, became(row).held) == (first.ticket_id, True)
    fresh = became(fetched(mailbox, "Something else", *verdict))
    assert (fresh.ticket.customer_id, fresh.ticket.suspected_at) == (first.customer_id, None)


def test_a_spoofed_sender_with_our_number_in_the_subject_opens_a_ticket_of_its_own(mailbox: Mailbox) -> None:
    first = became(fetched(mailbox, "Help", PASS))
    other = became(fetched(mailbox, "More", FAIL, subject=f"Re: Login [#{first.ticket_id}]"))
    assert other.ticket_id != first.ticket_id


def test_a_spoofed_original_does_not_draw_an_answer_to_itself(mailbox: Mailbox) -> None:
    early = became(fetched(mailbox, "My answer", PASS, "In-Reply-To: <awaited@example.com>"))
    spoofed = became(fetched(mailbox, "Original", FAIL, message_id="awaited@example.com"))
    early.refresh_from_db()
    assert early.ticket_id != spoofed.ticket_id


def test_a_held_message_takes_part_once_it_is_admitted(mailbox: Mailbox, sam: Agent) -> None:
    became(fetched(mailbox, "Help", PASS, message_id="q@example.com"))
    message = became(fetched(mailbox, "More", FAIL, "In-Reply-To: <q@example.com>"))
    assert not actions.admit(message, actor=sam.actor).held


def test_several_senders_are_held(mailbox: Mailbox) -> None:
    became(fetched(mailbox, "Help", PASS, message_id="q@example.com"))
    row = fetched(mailbox, "More", PASS, "In-Reply-To: <q@example.com>", sender="dana@example.com, eve@example.org")
    assert (became(row).held, row.findings["sender_because"]) == (True, "several-senders")


def test_a_mail_by_the_listener_is_judged_by_the_mailbox_it_was_sent_to(mailbox: Mailbox) -> None:
    row = fetched(mailbox, "Hello", FAIL, source="listener")
    assert row.findings["sender"] == "fail"
    row = fetched(mailbox, "Hello", FAIL, source="listener", to="other@desk.example")
    assert row.findings["sender"] == "none"


def test_what_is_handed_in_from_the_public_network_is_believed_by_nobody(mailbox: Mailbox) -> None:
    raw = f"{PASS}\r\n{BORDER}\r\n".encode() + letter("Hello")
    for number, outside in enumerate(({"outside": True}, {})):
        keep([Arrival("listener", f"o{number}", raw + b"%d" % number, {"to": ["help@desk.example"], **outside})])
    while processing.process_waiting():
        pass
    found = RawMail.objects.order_by("pk").values_list("findings__sender", flat=True)
    assert list(found) == ["none", "pass"]


@pytest.mark.parametrize(
    ("peer", "outside"),
    [("127.0.0.1", False), ("10.0.0.5", False), ("", False), ("203.0.113.9", False), ("8.8.8.8", True)],
)
def test_the_listener_notes_who_comes_from_outside(peer: str, outside: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    envelope = Envelope()
    envelope.mail_from, envelope.rcpt_tos = "dana@example.com", ["help@desk.example"]
    assert _described(envelope, peer).get("outside", False) == outside
    monkeypatch.setenv("HEADWAY_INTERNAL_HOSTS", "8.8.8.8")
    assert "outside" not in _described(envelope, peer)


def test_behind_a_configured_group_the_author_is_the_customer(mailbox: Mailbox) -> None:
    Mailbox.objects.update(forwarders=["all@example.com"])
    behind = "X-Original-From: dana@example.com"
    message = became(fetched(mailbox, "Hello", PASS, behind, "List-Id: <all.example.com>", sender="all@example.com"))
    assert message.customer is not None
    assert message.customer.identities.get().value == "dana@example.com"


def test_the_server_of_most_mails_is_suggested(mailbox: Mailbox) -> None:
    assert queries.suggested(mailbox) is None
    Mailbox.objects.update(trusted_servers=[])
    for _ in range(3):
        fetched(mailbox, "Hello", PASS)
    fetched(mailbox, "Hello")
    assert queries.suggested(mailbox) == queries.Suggestion(("mx.desk.example",), 3, 4)


def test_a_mailbox_that_trusts_nobody_counts_addresses(mailbox: Mailbox) -> None:
    Mailbox.objects.update(trusted_servers=[])
    usually_stamped(mailbox)
    assert not MailboxHealth.objects.filter(verdicts__gt=0).exists()
    row = fetched(mailbox, "Hello", FAIL)
    assert (row.findings["sender"], became(row).customer_id is not None) == ("none", True)


def test_the_journal_names_no_customer_for_a_mail_that_failed(mailbox: Mailbox) -> None:
    from headway.events.models import Entry

    message = became(fetched(mailbox, "Hello", FAIL))
    kinds = Entry.objects.filter(ticket_id=message.ticket_id).values_list("actor_kind", flat=True)
    assert set(kinds) == {Actor.system().kind}
