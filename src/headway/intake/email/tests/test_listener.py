"""The listener: 250 only for mails that are safe, only our own addresses, nothing smuggled, everything bounded."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headway.foundation import files
from headway.foundation.errors import Invalid
from headway.intake import tasks
from headway.intake.email import processing, receiving, spool
from headway.intake.email.listener import recipients, server, session
from headway.intake.email.listener.place import Place, parse
from headway.intake.email.listener.server import Listener
from headway.intake.email.tests.listening import LMTP, Talk, listening, write_certificate
from headway.intake.models import RawMail
from headway.intake.tests.letters import letter
from headway.people.actions import brands
from headway.people.models import Agent, Brand
from headway.tickets.models import Message

OURS = "help@desk.example"
END = b"\r\n.\r\n"


@pytest.fixture
def desk(committed_db: str, ada: Agent, acme: Brand, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A workspace with an address of its own, and a home of its own for the spool."""
    monkeypatch.setenv("HEADWAY_HOME", str(tmp_path))
    brands.add_address(acme, OURS, actor=ada.actor)
    return OURS


@pytest.fixture
def listener(desk: str) -> Iterator[Listener]:
    with listening() as found:
        yield found


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


def test_too_large_is_said_before_and_after(desk: str) -> None:
    with listening(most_bytes=10_000) as listener, Talk(listener) as talk:
        talk.say("EHLO there")
        assert talk.say("MAIL FROM:<a@example.com> SIZE=10001").startswith("552")
        assert talk.hand_in(b"x" * 15_000 + END).startswith("552")
        assert talk.hand_in(b"x" * 9_000 + END).startswith("250")
    assert RawMail.objects.count() == 1


def test_who_goes_on_far_beyond_the_limit_is_cut_off(desk: str) -> None:
    with listening(most_bytes=10_000) as listener, Talk(listener) as talk:
        assert talk.hand_in(b"x" * 60_000 + b"\r\n" + SMUGGLED).startswith("552")
        assert talk.answer() == ""
    assert not RawMail.objects.exists()


def test_a_connection_too_many_is_told_to_come_again(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "MOST_CONNECTIONS", 2)
    with Talk(listener), Talk(listener), Talk(listener) as third:
        assert third.greeting.startswith("421")
        assert third.answer() == ""
    with Talk(listener) as again:
        assert again.greeting.startswith("220")


def test_who_is_silent_is_hung_up_on(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "IDLE_SECONDS", 0.2)
    with Talk(listener) as talk:
        assert talk.answer() == ""


def test_a_mail_that_trickles_in_is_cut_off(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "_LONGEST_DATA", 0.2)
    with Talk(listener) as talk:
        assert talk.hand_in(b"From: dana@example.com\r\n").startswith("421")
    assert not RawMail.objects.exists()


def test_a_connection_that_breaks_leaves_nothing(listener: Listener, tmp_path: Path) -> None:
    with Talk(listener) as talk:
        for command in ("EHLO there", "MAIL FROM:<a@example.com>", f"RCPT TO:<{OURS}>", "DATA"):
            talk.say(command)
        talk.send(b"x" * 600_000)
    with Talk(listener) as talk:
        assert talk.hand_in(letter() + END).startswith("250")
    assert RawMail.objects.count() == 1
    assert list((tmp_path / "spool").iterdir()) == []


def test_who_guesses_addresses_is_hung_up_on(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "MOST_REFUSALS", 3)
    with Talk(listener) as talk:
        talk.say("EHLO there")
        talk.say("MAIL FROM:<a@example.com>")
        talk.send(b"".join(b"RCPT TO:<u%d@desk.example>\r\n" % number for number in range(5)))
        assert [talk.answer()[:3] for _ in range(4)] == ["550", "550", "421", ""]


def test_lmtp_answers_for_each_recipient(desk: str, ada: Agent, acme: Brand) -> None:
    brands.add_address(acme, "sales@desk.example", actor=ada.actor)
    with listening(LMTP) as listener, Talk(listener) as talk:
        assert talk.say("EHLO there").startswith("500")
        talk.say("LHLO there")
        talk.say("MAIL FROM:<a@example.com>")
        assert [talk.say(f"RCPT TO:<{one}@desk.example>")[:3] for one in ("help", "nobody", "sales")] == [
            "250", "550", "250",
        ]  # fmt: skip
        talk.say("DATA")
        talk.send(letter() + END)
        assert [talk.answer()[:3] for _ in range(2)] == ["250", "250"]
        assert talk.say("NOOP").startswith("250")
    assert RawMail.objects.get().envelope["to"] == [OURS, "sales@desk.example"]


def test_lmtp_refuses_a_large_mail_for_each_recipient(desk: str) -> None:
    with listening(LMTP, most_bytes=1000) as listener, Talk(listener) as talk:
        talk.say("LHLO there")
        talk.say("MAIL FROM:<a@example.com>")
        for _ in range(2):
            talk.say(f"RCPT TO:<{OURS}>")
        talk.say("DATA")
        talk.send(b"x" * 1500 + END)
        assert [talk.answer()[:3] for _ in range(2)] == ["552", "552"]
        assert talk.say("NOOP").startswith("250")


def test_a_socket_file_is_a_place_too(desk: str, tmp_path: Path) -> None:
    path = str(tmp_path / "in.sock")
    with listening(parse(f"lmtp://{path}")):
        client = smtplib.LMTP(path)
        assert client.sendmail("dana@example.com", [OURS], letter()) == {}
        client.quit()
    assert RawMail.objects.count() == 1
    assert not Path(path).exists()


def test_with_a_certificate_it_is_encrypted_on_request(desk: str, tmp_path: Path) -> None:
    certificate = tmp_path / "listener.pem"
    write_certificate(certificate, "localhost")
    with listening(certificate=str(certificate)) as listener:
        trusting = ssl.create_default_context(cafile=str(certificate))
        with smtplib.SMTP("localhost", listener.port, timeout=20) as client:
            client.ehlo()
            assert client.has_extn("starttls")
            client.starttls(context=trusting)
            client.ehlo()
            assert not {"starttls", "auth"} & set(client.esmtp_features)
            client.sendmail("dana@example.com", [OURS], letter())
        # renewed while it runs
        write_certificate(certificate, "localhost")
        with smtplib.SMTP("localhost", listener.port, timeout=20) as client:
            client.starttls(context=ssl.create_default_context(cafile=str(certificate)))
        # what was sent ahead of the encryption is not taken for a command behind it
        with Talk(listener) as talk:
            talk.say("EHLO there")
            talk.send(b"STARTTLS\r\nMAIL FROM:<eve@example.com>\r\n")
            assert talk.answer().startswith("220")
            with trusting_nobody().wrap_socket(talk._socket, server_hostname="localhost") as wrapped:
                wrapped.sendall(b"RCPT TO:<help@desk.example>\r\n")
                assert wrapped.recv(1000).startswith(b"503")
    assert RawMail.objects.count() == 1


def test_a_certificate_that_is_none_stops_the_start(desk: str, tmp_path: Path) -> None:
    (tmp_path / "none.pem").write_text("nothing")
    with pytest.raises(OSError, match=r"none\.pem"), listening(certificate=str(tmp_path / "none.pem")):
        pass


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("lmtp://127.0.0.1:2424", Place(True, "127.0.0.1", 2424)),
        ("smtp://[::1]:2525", Place(False, "::1", 2525)),
        ("lmtp:///run/headway/in.sock", Place(True, path="/run/headway/in.sock")),
    ],
)
def test_places_are_read(written: str, expected: Place) -> None:
    assert parse(written) == expected
    assert str(expected) == written


@pytest.mark.parametrize(
    "written", ["lmtp://", "smtp://host", "smtp://host:0", "smtp://host:x", "lmtp://host:1/x", "http://a:1"]
)
def test_other_places_are_refused(written: str) -> None:
    with pytest.raises(Invalid, match="HEADWAY_MAIL_LISTEN"):
        parse(written)


_LINES = st.one_of(
    st.binary(max_size=80),
    st.sampled_from([
        b"EHLO a", b"HELO a", b"RSET", b"NOOP", b"VRFY a", b"HELP", b"STARTTLS", b"AUTH PLAIN AGEAYg==", b"DATA",
        b"MAIL FROM:<>", b"MAIL FROM:<\xff@a> SIZE=1", b"RCPT TO:<help@desk.example>", b'RCPT TO:<@:">', b".",
        b"x" * 5000,
    ]),
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_LINES, max_size=12))
def test_whatever_is_said_it_goes_on_listening(listener: Listener, lines: list[bytes]) -> None:
    with Talk(listener) as talk:
        talk.send(b"\r\n".join([*lines, b"", b".", b"QUIT", b""]))
        talk._socket.shutdown(socket.SHUT_WR)
        said = talk._file.read()
    assert b"Traceback" not in said
    assert b"An error of ours" not in said
    with Talk(listener) as talk:
        assert talk.say("NOOP").startswith("250")


def trusting_nobody() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
