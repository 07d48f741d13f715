"""LMTP, socket files, encryption, and where a listener may stand."""

import smtplib
import ssl
from pathlib import Path

import pytest

from headway.foundation.errors import Invalid
from headway.intake.email.listener.place import Place, parse
from headway.intake.email.listener.tests.listening import END, LMTP, OURS, Talk, listening, write_certificate
from headway.intake.models import RawMail
from headway.intake.tests.letters import letter
from headway.people.actions import brands
from headway.people.models import Agent, Brand


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


def trusting_nobody() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
