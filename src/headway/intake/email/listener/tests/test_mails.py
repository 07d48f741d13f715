"""250 only for mails that are safe, only for our own addresses, every byte kept, nothing smuggled."""

import smtplib
import socket

import pytest
from django.db import OperationalError

from headway.foundation import files
from headway.intake import tasks
from headway.intake.email import processing, receiving, spool
from headway.intake.email.listener import recipients
from headway.intake.email.listener.server import Listener
from headway.intake.email.listener.tests.listening import END, OURS, Talk, listening
from headway.intake.models import RawMail
from headway.intake.tests.letters import letter
from headway.people.actions import brands
from headway.people.models import Agent, Brand
from headway.tickets.models import Message


def stored() -> list[bytes]:
    return [files.read(row.sha256) for row in RawMail.objects.order_by("pk")]


def test_a_mail_is_stored_when_it_is_acknowledged(listener: Listener) -> None:
    raw = letter("By SMTP.")
    with smtplib.SMTP("127.0.0.1", listener.port, timeout=20) as client:
        assert client.sendmail("dana@example.com", [OURS], raw) == {}
        row = RawMail.objects.get()
    assert row.source == "listener"
    assert row.envelope == {"from": "dana@example.com", "to": [OURS]}
    assert stored() == [b"Return-Path: <dana@example.com>\r\n" + raw]
    while processing.process_waiting():
        pass
    assert Message.objects.get().text == "By SMTP."


def test_it_says_what_it_can_do(listener: Listener) -> None:
    with smtplib.SMTP("127.0.0.1", listener.port, timeout=20) as client:
        client.ehlo()
        assert client.esmtp_features["size"] == str(64 * 1024 * 1024)
        assert {"8bitmime", "smtputf8"} <= set(client.esmtp_features)
        assert not {"auth", "starttls", "help"} & set(client.esmtp_features)


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        (OURS, True),
        ("HELP@Desk.Example", True),
        ("help+t2abcdefghij@desk.example", True),
        ("@relay.example:help@desk.example", True),
        ("other@desk.example", False),
        ("help@elsewhere.example", False),
        ("help%elsewhere.example@desk.example", False),
        ("elsewhere.example!help@desk.example", False),
        ("help@desk.example@elsewhere.example", False),
        ("+help@desk.example", False),
        ("help", False),
    ],
)
def test_it_takes_mail_for_our_own_addresses_only(listener: Listener, address: str, taken: bool) -> None:
    with Talk(listener) as talk:
        talk.say("EHLO there")
        talk.say("MAIL FROM:<dana@example.com>")
        assert talk.say(f"RCPT TO:<{address}>")[:3] == ("250" if taken else "550")
        assert talk.say("DATA")[:3] == ("354" if taken else "503")


def test_an_address_that_was_just_added_is_known(listener: Listener, ada: Agent, acme: Brand) -> None:
    with Talk(listener) as talk:
        talk.say("EHLO there")
        talk.say("MAIL FROM:<dana@example.com>")
        assert talk.say("RCPT TO:<new@desk.example>").startswith("550")
        brands.add_address(acme, "new@desk.example", actor=ada.actor)
        listener._addresses._read_at -= recipients._AGAIN_SECONDS + 0.1
        assert talk.say("RCPT TO:<new@desk.example>").startswith("250")


def test_reports_come_from_the_empty_sender(listener: Listener) -> None:
    with Talk(listener) as talk:
        assert talk.hand_in(letter("A report.") + END, sender="").startswith("250")
    assert RawMail.objects.get().envelope == {"from": "", "to": [OURS]}
    assert stored()[0].startswith(b"Return-Path: <>\r\n")


def test_while_the_database_is_away_mails_go_to_the_spool(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> list[int]:
        raise OperationalError("away")

    with Talk(listener) as talk:
        talk.say("EHLO there")
        talk.say("MAIL FROM:<dana@example.com>")
        assert talk.say(f"RCPT TO:<{OURS}>").startswith("250")
        with monkeypatch.context() as patched:
            patched.setattr(receiving, "keep", away)
            # the last known addresses count
            patched.setattr(recipients, "_ours", away)
            listener._addresses._read_at -= 60
            assert talk.say(f"RCPT TO:<{OURS}>").startswith("250")
            assert talk.say("DATA").startswith("354")
            talk.send(letter("Spooled.") + END)
            assert talk.answer().startswith("250")
    assert not RawMail.objects.exists()
    assert len(spool.waiting()) == 1
    tasks.look_after()
    row = RawMail.objects.get()
    assert (row.source, row.envelope["to"]) == ("listener", [OURS, OURS])
    assert spool.waiting() == []


def test_nothing_is_acknowledged_that_cannot_be_kept(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> list[int]:
        raise OSError("disk full")

    monkeypatch.setattr(receiving, "keep", fail)
    monkeypatch.setattr(spool, "write", fail)
    with Talk(listener) as talk:
        assert talk.hand_in(letter() + END).startswith("451")
        monkeypatch.undo()
        assert talk.hand_in(letter() + END).startswith("250")
    assert RawMail.objects.count() == 1


def test_without_ever_having_known_our_addresses_it_asks_to_come_again(
    desk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> list[str]:
        raise OperationalError("away")

    monkeypatch.setattr(recipients, "_ours", away)
    with listening() as listener, Talk(listener) as talk:
        talk.say("EHLO there")
        talk.say("MAIL FROM:<dana@example.com>")
        assert talk.say(f"RCPT TO:<{OURS}>").startswith("451")


def test_the_same_mail_sent_again_becomes_one_message(listener: Listener) -> None:
    raw = letter("Once.")
    with Talk(listener) as talk:
        for _ in range(2):
            assert talk.hand_in(raw + END).startswith("250")
    while processing.process_waiting():
        pass
    assert Message.objects.count() == 1
    assert sorted(RawMail.objects.values_list("state", flat=True)) == ["done", "duplicate"]


SMUGGLED = (
    b"MAIL FROM:<eve@example.com>\r\nRCPT TO:<help@desk.example>\r\nDATA\r\nFrom: eve@example.com\r\n\r\nForged.\r\n"
)


@pytest.mark.parametrize(
    "end", [b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r\n.\r", b"\n.\r", b"\r.\n", b"\r\n\x00.\r\n"]
)
def test_no_second_mail_is_smuggled_behind_an_odd_end(listener: Listener, end: bytes) -> None:
    with Talk(listener) as talk:
        assert talk.hand_in(b"From: dana@example.com\r\n\r\nHello" + end + SMUGGLED + b"." + b"\r\n").startswith("250")
        assert talk.say("NOOP").startswith("250")
    (one,) = stored()
    assert end[:2] in one
    assert b"Forged" in one
    assert RawMail.objects.get().envelope["from"] == "dana@example.com"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (b"A: b\r\n\r\n..\r\n..x\r\nx..\r\n.y\r\n", b"A: b\r\n\r\n.\r\n.x\r\nx..\r\ny\r\n"),
        (b"A: b\r\n\r\nlone\n..lf\rcr\r\n", b"A: b\r\n\r\nlone\n..lf\rcr\r\n"),
        (b"", b""),
        (b"\r\n", b"\r\n"),
        (b"x" * 300_000 + b"\r\n", b"x" * 300_000 + b"\r\n"),
        (b"." + b"." * 70_000 + b"\r\n", b"." * 70_000 + b"\r\n"),
        (b"A: \xe9\xff\x00\r\n\r\nb\r\n", b"A: \xe9\xff\x00\r\n\r\nb\r\n"),
    ],
)
def test_every_byte_is_kept_but_the_dots_that_were_put_before(listener: Listener, sent: bytes, kept: bytes) -> None:
    with Talk(listener) as talk:
        assert talk.hand_in(sent + b".\r\n").startswith("250")
    assert stored() == [b"Return-Path: <dana@example.com>\r\n" + kept]


def test_commands_sent_ahead_are_answered_in_order(listener: Listener) -> None:
    with Talk(listener) as talk:
        talk.say("EHLO there")
        talk.send(b"MAIL FROM:<a@example.com>\r\nRCPT TO:<help@desk.example>\r\nDATA\r\n")
        assert [talk.answer()[:3] for _ in range(3)] == ["250", "250", "354"]
        talk.send(b"A: b\r\n.\r\nMAIL FROM:<b@example.com>\r\nRCPT TO:<no@desk.example>\r\nQUIT\r\n")
        assert [talk.answer()[:3] for _ in range(4)] == ["250", "250", "550", "221"]


def test_who_closes_their_side_after_the_mail_still_gets_the_answer(listener: Listener) -> None:
    with Talk(listener) as talk:
        for command in ("EHLO there", "MAIL FROM:<a@example.com>", f"RCPT TO:<{OURS}>", "DATA"):
            talk.say(command)
        talk.send(letter() + END + b"QUIT\r\n")
        talk._socket.shutdown(socket.SHUT_WR)
        assert [talk.answer()[:3] for _ in range(3)] == ["250", "221", ""]
    with Talk(listener) as talk:
        talk.say("EHLO there")
        talk._socket.shutdown(socket.SHUT_WR)
        assert talk.answer() == ""
