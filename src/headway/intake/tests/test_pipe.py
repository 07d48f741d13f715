"""The pipe of a mail server: safe when it ends with 0, with a server or without one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from headway.intake import tasks
from headway.intake.email import processing, spool
from headway.intake.models import RawMail
from headway.intake.tests.letters import letter
from headway.tickets.models import Message


def deliver(raw: bytes, home: Path, url: str = "", *options: str) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["HEADWAY_HOME"] = str(home)
    if url:
        environment["DATABASE_URL"] = url
    command = [sys.executable, "-m", "headway", "mail", "deliver", *options]
    return subprocess.run(command, input=raw, env=environment, capture_output=True, check=False)


def test_without_a_server_the_mail_is_spooled_and_comes_in_later(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = deliver(letter("from the pipe"), tmp_path, "", "--sender", "dana@example.com")
    assert done.returncode == 0, done.stderr
    monkeypatch.setenv("HEADWAY_HOME", str(tmp_path))
    assert len(spool.waiting()) == 1
    tasks.look_after()
    assert spool.waiting() == []
    while processing.process_waiting():
        pass
    assert Message.objects.get().text == "from the pipe"
    assert RawMail.objects.get().envelope == {"from": "dana@example.com"}


def test_a_crash_while_draining_brings_nothing_twice(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWAY_HOME", str(tmp_path))
    spool.write(letter("once"), {})
    monkeypatch.setattr(Path, "unlink", lambda self, missing_ok=False: None)
    spool.drain()
    monkeypatch.undo()
    monkeypatch.setenv("HEADWAY_HOME", str(tmp_path))
    spool.drain()
    assert RawMail.objects.count() == 1


def test_with_a_server_the_mail_is_stored_before_the_pipe_ends(committed_db: str, tmp_path: Path) -> None:
    done = deliver(letter("through the door"), tmp_path, committed_db)
    assert done.returncode == 0, done.stderr
    assert RawMail.objects.get().state == "stored"
    assert not list((tmp_path / "spool").glob("*.mail"))


def test_nothing_on_standard_input_is_no_mail(tmp_path: Path) -> None:
    assert deliver(b"\n", tmp_path).returncode == 1


def test_what_cannot_be_kept_is_asked_for_again(tmp_path: Path) -> None:
    (tmp_path / "spool").write_text("a file where the folder should be")
    assert deliver(letter(), tmp_path).returncode == 75


@pytest.mark.parametrize("sender", ["dana\udcff@example.com", "da\x00na@example.com", "\\u0000@example.com"])
def test_odd_senders_do_not_keep_a_mail_out(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sender: str
) -> None:
    """What the database cannot hold would be refused each time the spool is looked at, and all behind it too."""
    monkeypatch.setenv("HEADWAY_HOME", str(tmp_path))
    spool.write(letter("odd"), {"from": sender, "to": [sender]})
    assert spool.drain() == 1
    kept = sender.replace("\udcff", "\ufffd").replace("\x00", "\ufffd")
    assert RawMail.objects.get().envelope == {"from": kept, "to": [kept]}
