"""A mail comes in: stored first, processed once, on the ticket it belongs to."""

from collections.abc import Sequence
from typing import BinaryIO

import pytest
from django.db import connection

from headway.events.models import Entry
from headway.foundation import files
from headway.intake.channel import Arrival
from headway.intake.email import claiming, placing, processing
from headway.intake.email.mail import ParsedMail
from headway.intake.email.parse.whole import Care
from headway.intake.email.placing import Circumstances, Placed
from headway.intake.email.receiving import keep
from headway.intake.email.wire import Outcome
from headway.intake.models import RawMail
from headway.intake.tests.letters import arrive, letter, message_of
from headway.people.models import Agent, Brand, BrandAddress, Customer
from headway.tickets import actions
from headway.tickets.actions import Attachment, Words
from headway.tickets.actions.opening import default_status
from headway.tickets.models import Message, MessageFile, Ticket
from headway.tickets.rules.transitions import Category

pytestmark = pytest.mark.usefixtures("db")


def test_a_mail_starts_a_ticket_of_its_sender() -> None:
    message = message_of(letter("Hello\r\n\r\n-- \r\nDana"))
    ticket = message.ticket
    assert (ticket.subject, ticket.channel, ticket.category) == ("Login", "email", "new")
    assert ticket.customer is not None
    assert (ticket.customer.name, message.customer_id) == ("Dana Example", ticket.customer.pk)
    assert (message.text, message.quoted) == ("Hello", "--\nDana")
    assert set(Entry.objects.filter(ticket_id=ticket.pk).values_list("kind", flat=True)) >= {
        "ticket.created",
        "message.received",
    }


def test_the_sender_is_the_known_customer(dana: Customer) -> None:
    assert message_of(letter(sender="D <DANA@example.com>")).customer == dana


def test_the_brand_is_that_of_the_address(db: None) -> None:
    brand = Brand.objects.create(name="Shop", slug="shop")
    BrandAddress.objects.create(brand=brand, address="shop@desk.example")
    assert message_of(letter(to="Shop <SHOP@desk.example>")).ticket.brand == brand


def test_the_bytes_are_stored_before_the_row_and_kept() -> None:
    raw = letter()
    row = arrive(raw)
    assert files.read(row.sha256) == raw
    assert (row.state, row.attempts, row.findings["because"]) == ("done", 1, "no-match")


def test_the_same_mail_fetched_twice_is_one_message() -> None:
    raw = letter(message_id="once@example.com")
    first = arrive(raw, key="INBOX:1:1")
    assert keep([Arrival("pipe", "INBOX:1:1", raw)]) == []
    second = arrive(b"Received: by another way; Tue, 3 Mar 2026 09:14:00 +0000\r\n" + raw)
    assert (first.state, second.state) == ("done", "duplicate")
    assert Message.objects.count() == 1


def test_another_mail_with_the_same_id_is_kept() -> None:
    arrive(letter("one", message_id="same@example.com"))
    arrive(letter("two", message_id="same@example.com"))
    assert sorted(Message.objects.values_list("text", flat=True)) == ["one", "two"]


def test_a_reply_joins_by_its_reference_and_not_by_its_subject() -> None:
    first = message_of(letter(message_id="a@example.com"))
    joined = message_of(letter("More", "In-Reply-To: <a@example.com>", subject="Re: Login"))
    apart = message_of(letter("Other", subject="Re: Login"))
    assert joined.ticket_id == first.ticket_id != apart.ticket_id


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (2, 0, 1), (0, 2, 1), (1, 2, 0)])
def test_replies_that_overtake_their_original_join_it_in_any_order(order: tuple[int, ...]) -> None:
    conversation = [
        letter("one", message_id="o1@example.com"),
        letter("two", "In-Reply-To: <o1@example.com>", message_id="o2@example.com"),
        letter("three", "In-Reply-To: <o2@example.com>", "References: <o1@example.com> <o2@example.com>"),
    ]
    for number in order:
        arrive(conversation[number])
    standing = Ticket.objects.filter(merged_into__isnull=True)
    assert [ticket.messages.count() for ticket in standing] == [3]


def test_two_answers_before_their_original_become_one_ticket() -> None:
    first = message_of(letter("b", "In-Reply-To: <root@example.com>"))
    second = message_of(letter("c", "In-Reply-To: <root@example.com>"))
    assert first.ticket_id != second.ticket_id
    root = message_of(letter("a", message_id="root@example.com"))
    assert set(Message.objects.values_list("ticket_id", flat=True)) == {root.ticket_id}


def test_many_people_answering_one_bulk_mail_do_not_merge() -> None:
    arrive(letter("News", "List-Id: <news.example>", message_id="news@example.com", sender="news@example.org"))
    tickets = {
        message_of(letter("Hi", "In-Reply-To: <news@example.com>", sender=f"p{number}@example.net")).ticket_id
        for number in range(3)
    }
    assert len(tickets) == 3


def test_a_stranger_who_holds_a_message_id_is_held() -> None:
    first = message_of(letter(message_id="secret@example.com"))
    held = message_of(letter("Let me in", "In-Reply-To: <secret@example.com>", sender="eve@example.org"))
    assert (held.ticket_id, held.held) == (first.ticket_id, True)
    assert Ticket.objects.get().snippet == first.ticket.snippet


def test_a_stranger_who_quotes_a_ticket_number_starts_a_ticket_of_its_own() -> None:
    first = message_of(letter())
    other = message_of(letter(subject=f"Re: Login [#{first.ticket_id}]", sender="eve@example.org"))
    own = message_of(letter(subject=f"Re: Login [#{first.ticket_id}]"))
    assert other.ticket_id != first.ticket_id == own.ticket_id


def test_a_reply_to_a_merged_ticket_reaches_the_survivor(sam: Agent) -> None:
    gone = message_of(letter(message_id="gone@example.com")).ticket
    survivor = message_of(letter(subject="Other")).ticket
    actions.merge(gone, survivor, actor=sam.actor)
    assert message_of(letter("Again", "In-Reply-To: <gone@example.com>")).ticket_id == survivor.pk


def test_an_out_of_office_note_neither_reopens_nor_starts_a_clock(sam: Agent) -> None:
    first = message_of(letter(message_id="q@example.com"))
    actions.reply(first.ticket, Words(text="Try again."), actor=sam.actor)
    message = message_of(letter("Away", "In-Reply-To: <q@example.com>", "Auto-Submitted: auto-replied"))
    ticket = Ticket.objects.get(pk=first.ticket_id)
    assert (message.automatic, message.ticket_id, ticket.waiting_since) == (True, ticket.pk, None)


def test_an_out_of_office_note_reopens_no_solved_ticket_and_stops_no_clock(sam: Agent) -> None:
    first = message_of(letter(message_id="q@example.com"))
    away = letter("Away", "In-Reply-To: <q@example.com>", "Auto-Submitted: auto-replied", subject="Out of office")
    assert message_of(away).ticket_id == first.ticket_id
    assert Ticket.objects.get(pk=first.ticket_id).waiting_since == first.at
    actions.reply(first.ticket, Words(text="Done."), actor=sam.actor, status=default_status(Category.SOLVED))
    message = message_of(letter("Away again", "In-Reply-To: <q@example.com>", "X-Autoreply: yes"))
    ticket = Ticket.objects.get(pk=first.ticket_id)
    assert (message.automatic, ticket.category, ticket.waiting_since) == (True, "solved", None)


def test_a_mail_to_a_plus_address_of_a_mailbox_is_its_brands(acme: Brand) -> None:
    BrandAddress.objects.create(brand=acme, address="care@acme.example")
    assert message_of(letter(to="care+anything@acme.example")).ticket.brand == acme


def test_files_and_pictures_are_attached(sam: Agent) -> None:
    body = (
        "--b\r\nContent-Type: text/html\r\n\r\n<p>See <img src='cid:p1'></p>\r\n"
        "--b\r\nContent-Type: image/png; name=a.png\r\nContent-ID: <p1>\r\n\r\nPNG\r\n"
        "--b\r\nContent-Type: application/pdf; name=b.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nUERG\r\n--b--"
    )
    message = message_of(letter(body, "MIME-Version: 1.0", "Content-Type: multipart/related; boundary=b"))
    stored = {file.name: file for file in MessageFile.objects.filter(message=message)}
    assert files.read(stored["b.pdf"].sha256) == b"PDF"
    assert f'src="cid:{stored["a.png"].content_id}"' in message.html
    assert stored["b.pdf"].content_id == ""


def test_a_mail_without_sender_subject_and_text_is_kept() -> None:
    message = message_of(b"Message-ID: <empty@example.com>\r\n\r\n")
    assert (message.ticket.customer, message.ticket.subject) == (None, "(no subject)")


def test_what_the_database_refuses_is_taken_out_before() -> None:
    raw = letter("a\x00b \ud83d".encode("utf-8", "surrogatepass").decode("latin-1"), subject="x\x00y" * 400)
    message = message_of(raw)
    assert "\x00" not in message.text + message.ticket.subject


def test_a_very_long_message_id_is_remembered() -> None:
    name = "x" * 900 + "é" * 80 + "@example.com"
    first = message_of(letter(message_id=name))
    assert message_of(letter("Re", f"In-Reply-To: <{name}>")).ticket_id == first.ticket_id


def test_poison_mail_is_quarantined_and_the_next_is_processed(monkeypatch: pytest.MonkeyPatch) -> None:
    parse = processing.parsers.parse

    def deadly(raws: Sequence[bytes], care: Care) -> list[Outcome]:
        found = parse(raws, care)
        return [
            Outcome(error="killed", fatal=True) if b"poison" in raw else one
            for raw, one in zip(raws, found, strict=True)
        ]

    monkeypatch.setattr(processing.parsers, "parse", deadly)
    bad = arrive(letter("poison"), process=False)
    good = arrive(letter("fine"))
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, bad.deaths, bad.error) == ("quarantined", 2, "killed")
    assert good.state == "done"
    assert files.exists(bad.sha256)


def test_a_mail_that_cannot_be_placed_is_quarantined_and_the_next_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    place = placing.place

    def failing(mail: ParsedMail, files: Sequence[Attachment], found: Circumstances) -> Placed:
        if mail.text == "poison":
            raise ValueError("the database refuses")
        return place(mail, files, found)

    monkeypatch.setattr(placing, "place", failing)
    before = arrive(letter("first"), process=False)
    bad = arrive(letter("poison"), process=False)
    good = arrive(letter("fine"))
    before.refresh_from_db()
    assert (before.state, Message.objects.count()) == ("done", 2)
    bad.refresh_from_db()
    assert (bad.state, bad.error, good.state) == ("quarantined", "ValueError: the database refuses", "done")


def test_missing_bytes_are_told_and_stop_nothing() -> None:
    lost = arrive(letter("lost"), process=False)
    files.delete(lost.sha256)
    good = arrive(letter("fine"))
    lost.refresh_from_db()
    assert (lost.state, good.state) == ("quarantined", "done")


def test_a_mail_begun_again_and_again_without_a_verdict_is_put_aside() -> None:
    row = arrive(letter(), process=False)
    RawMail.objects.filter(pk=row.pk).update(attempts=6)
    assert processing.process_waiting() == 1
    row.refresh_from_db()
    assert row.state == "quarantined"


def test_what_a_dead_process_had_claimed_is_claimed_again_later() -> None:
    row = arrive(letter(), process=False)
    assert [one.id for one in claiming.claim(10)] == [row.pk]
    assert claiming.claim(10) == []
    RawMail.objects.filter(pk=row.pk).update(claimed_at="2026-01-01T00:00:00Z")
    assert [one.attempts for one in claiming.claim(10)] == [2]


def test_no_more_are_claimed_than_were_asked_for_whatever_the_planner_thinks() -> None:
    keep([Arrival("test", f"many:{number}", letter(message_id=f"many{number}@example.com"), {}) for number in range(9)])
    with connection.cursor() as cursor:
        # so that it would choose anew for each row, could it
        for way in ("hashjoin", "mergejoin", "hashagg", "sort", "material", "indexscan", "bitmapscan", "indexonlyscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    assert len(claiming.claim(2)) == 2


def test_large_mails_that_wait_together_are_held_one_after_another(monkeypatch: pytest.MonkeyPatch) -> None:
    large = processing._TOGETHER_BYTES * 2 // 3
    for number in range(3):
        keep([Arrival("test", f"large:{number}", letter("x" * large, message_id=f"large{number}@example.com"), {})])
    held: list[int] = []
    parse = processing.Parsers.parse

    def watched(self: processing.Parsers, raws: Sequence[bytes | BinaryIO], care: Care) -> list[Outcome]:
        held.append(sum(len(raw) for raw in raws if isinstance(raw, bytes)))
        assert len(raws) == 1
        return parse(self, raws, care)

    monkeypatch.setattr(processing.Parsers, "parse", watched)
    assert processing.process_waiting() == 3
    assert len(held) == 3
    assert max(held) <= processing._HELD_BYTES
    assert set(RawMail.objects.values_list("state", flat=True)) == {"done"}


def test_a_bounce_is_noted_on_the_message_it_reports(dana: Customer, sam: Agent) -> None:
    from headway.intake.email import sending
    from headway.intake.models import Delivery

    ticket = message_of(letter()).ticket
    reply = actions.reply(ticket, Words(text="Try again."), actor=sam.actor)
    sending.queue(reply)
    delivery = Delivery.objects.get(message=reply)
    bounce = (
        f"<dana@example.com>:\r\n550 5.1.1 no such user\r\n\r\n--- Below this line is a copy of the message.\r\n\r\n"
        f"Message-ID: <{delivery.mail_id}>\r\nTo: dana@example.com\r\n\r\nTry again."
    )
    row = arrive(letter(bounce, "Return-Path: <>", sender="MAILER-DAEMON@mx.example", subject="failure notice"))
    delivery.refresh_from_db()
    assert (row.message_id, row.findings["because"], delivery.state) == (reply.pk, "report", "failed")
    assert ticket.notes.count() == 1
    assert Ticket.objects.count() == 1
