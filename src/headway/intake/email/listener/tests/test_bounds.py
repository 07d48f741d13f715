"""What a session may cost: sizes, times, numbers, and nonsense."""

import socket
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headway.intake.email.listener import server, session
from headway.intake.email.listener.server import Listener
from headway.intake.email.listener.tests.listening import END, OURS, Talk, listening
from headway.intake.models import RawMail
from headway.intake.tests.letters import letter


def test_too_large_is_said_before_and_after(desk: str) -> None:
    with listening(most_bytes=10_000) as listener, Talk(listener) as talk:
        talk.say("EHLO there")
        assert talk.say("MAIL FROM:<a@example.com> SIZE=10001").startswith("552")
        assert talk.hand_in(b"x" * 15_000 + END).startswith("552")
        assert talk.hand_in(b"x" * 9_000 + END).startswith("250")
    assert RawMail.objects.count() == 1


def test_who_goes_on_far_beyond_the_limit_is_cut_off(desk: str) -> None:
    with listening(most_bytes=10_000) as listener, Talk(listener) as talk:
        assert talk.hand_in(b"x" * 60_000 + b"\r\n" + b"MAIL FROM:<eve@example.com>\r\n").startswith("552")
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


_LINES = st.one_of(
    st.binary(max_size=80),
    st.sampled_from([
        b"EHLO a", b"HELO a", b"RSET", b"NOOP", b"VRFY a", b"HELP", b"STARTTLS", b"AUTH PLAIN AGEAYg==", b"DATA",
        b"MAIL FROM:<>", b"MAIL FROM:<\xff@a> SIZE=1", b"RCPT TO:<help@desk.example>", b'RCPT TO:<@:">', b".",
        b"x" * 5000,
    ]),
)  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(_LINES, max_size=12))
def test_whatever_is_said_it_goes_on_listening(listener: Listener, lines: list[bytes]) -> None:
    with Talk(listener) as talk:
        with suppress(OSError):
            talk.send(b"\r\n".join([*lines, b"", b".", b"QUIT", b""]))
        said = b""
        with suppress(OSError):  # it may have hung up on so much nonsense
            talk._socket.shutdown(socket.SHUT_WR)
            said = talk._file.read()
    assert b"Traceback" not in said
    assert b"An error of ours" not in said
    with Talk(listener) as talk:
        assert talk.say("NOOP").startswith("250")
