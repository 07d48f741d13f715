"""`headway listen` as a process: it keeps mails, says what is wrong, ends in order, and its memory stays bounded."""

import os
import re
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from headway.foundation import environment
from headway.foundation.errors import Invalid
from headway.intake.models import RawMail
from headway.intake.tests.letters import letter
from headway.ops.doctor.finding import State
from headway.ops.doctor.listener import listener as examine
from headway.ops.supervisor.plan import standard
from headway.ops.tests.commands import headway
from headway.ops.tests.ports import free_port
from headway.ops.tests.running import until
from headway.people.actions import brands
from headway.people.models import Agent, Brand

OURS = "help@desk.example"
# what it holds beside the mail it stores: the interpreter, Django, the one mail twice
MOST_KILOBYTES = 320_000


@contextmanager
def listening(url: str, home: Path, place: str) -> Iterator[subprocess.Popen[bytes]]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("HEADWAY_", "DATABASE_URL"))}
    env = ours | {"HEADWAY_HOME": str(home), "DATABASE_URL": url, "HEADWAY_MAIL_LISTEN": place}
    log = home / "listen.log"
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, "-m", "headway", "listen"], env=env, stdout=out, stderr=out)
    try:
        until(lambda: "listening" in log.read_text() or process.poll() is not None, log.read_text)
        yield process
    finally:
        process.terminate()
        process.wait(60)


@pytest.fixture
def desk(committed_db: str, ada: Agent, acme: Brand) -> str:
    brands.add_address(acme, OURS, actor=ada.actor)
    return committed_db


def test_it_keeps_mails_and_ends_when_asked(desk: str, tmp_path: Path) -> None:
    port = free_port()
    with listening(desk, tmp_path, f"smtp://127.0.0.1:{port}") as process:
        with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
            client.sendmail("dana@example.com", [OURS], letter("To a process."))
            with pytest.raises(smtplib.SMTPRecipientsRefused):
                client.sendmail("dana@example.com", ["eve@elsewhere.example"], letter())
        process.terminate()
        assert process.wait(60) == 0
    assert RawMail.objects.get().source == "listener"
    said = (tmp_path / "listen.log").read_text()
    assert "dana@example.com" not in said, "addresses have no place in the log"


def test_large_mails_at_once_fit_into_bounded_memory(desk: str, tmp_path: Path) -> None:
    port = free_port()
    line = b"QmFzZTY0IGFuZCBtb3JlIG9mIGl0LCBsaW5lIGFmdGVyIGxpbmUsIHVudGlsIGl0IGlzIGxhcmdlLg==\r\n"
    large = letter("Large.") + line * (50 * 1024 * 1024 // len(line))
    with listening(desk, tmp_path, f"lmtp://127.0.0.1:{port}") as process:
        clients = [smtplib.LMTP("127.0.0.1", port, timeout=100) for _ in range(4)]
        for client in clients:
            client.ehlo()
            client.mail("dana@example.com")
            client.rcpt(OURS)
            client.docmd("DATA")
        for client in clients:  # all of them are under way before the first one ends
            client.sock.sendall(large)  # type: ignore[union-attr]
        for client in clients:
            client.sock.sendall(b".\r\n")  # type: ignore[union-attr]
        assert [client.getreply()[0] for client in clients] == [250] * 4
        for client in clients:
            client.close()
        status = Path(f"/proc/{process.pid}/status").read_text()
    assert RawMail.objects.count() == 4
    peak = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert peak is not None
    assert int(peak[1]) < MOST_KILOBYTES


def test_a_place_that_is_taken_is_said_in_a_sentence(desk: str, tmp_path: Path) -> None:
    port = free_port()
    place = f"lmtp://127.0.0.1:{port}"
    with listening(desk, tmp_path, place):
        (fine,) = examine(environment.read({"HEADWAY_MAIL_LISTEN": place}))
        assert (fine.check, fine.state) == ("listener", State.OK)
        (tmp_path / "b").mkdir()
        done = headway("listen", home=tmp_path / "b", url=desk, HEADWAY_MAIL_LISTEN=place)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Nothing can listen at {place}")
    (gone,) = examine(environment.read({"HEADWAY_MAIL_LISTEN": place}))
    assert gone.state is State.WARNING


def test_without_a_place_it_says_what_to_set(tmp_path: Path) -> None:
    done = headway("listen", home=tmp_path, url="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode == 1
    assert "HEADWAY_MAIL_LISTEN" in done.stderr


def test_up_starts_it_when_a_place_is_set() -> None:
    without, with_place = (
        standard(environment.read({"HEADWAY_MAIL_LISTEN": place})) for place in ("", "lmtp://127.0.0.1:2424")
    )
    assert "listen" not in {part.name for part in without.parts}
    assert "listen" in {part.name for part in with_place.parts}


def test_up_refuses_a_place_that_is_none_before_it_starts_anything() -> None:
    with pytest.raises(Invalid, match="HEADWAY_MAIL_LISTEN"):
        standard(environment.read({"HEADWAY_MAIL_LISTEN": "lmtp://127.0.0.1"}))


def test_every_interface_wants_a_certificate() -> None:
    env = environment.read({"HEADWAY_MAIL_LISTEN": f"smtp://0.0.0.0:{free_port()}"})
    assert any("without a certificate" in finding.says for finding in examine(env))
