"""Backups through the commands: one point in time, encrypted, and a workspace that lives on elsewhere."""

import os
from pathlib import Path

import pytest

from headway.events.reader import take
from headway.foundation import files, keys
from headway.ops.tests.commands import evaluated, headway, reported
from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.actions import Words, stored
from headway.tickets.models import Ticket
from headway.tickets.tests.desk import answers, asks, customer_actor

_READ = """
from headway.events.actor import Actor
from headway.events.reader import take
from headway.people.models import Customer
from headway.settings.queries import hold
from headway.tickets import actions
from headway.tickets.actions import Opening, Words
from headway.tickets.models import MessageFile, Ticket
from headway.foundation import files
held = hold()
old = [entry.kind for entry in take("lake")]
dana = Customer.objects.get()
opening = Opening(subject="Later", channel="email", customer=dana)
actions.open_ticket(opening, Words(text="And another thing"), actor=Actor.customer(dana.pk))
new = [entry.kind for entry in take("lake")]
content = files.read(MessageFile.objects.get().sha256).decode()
answer = [held.reason, old, new, sorted(Ticket.objects.values_list("subject", flat=True)), content]
"""


@pytest.fixture
def ours() -> Path:
    """The data folder of this test process."""
    return Path(os.environ["HEADWAY_HOME"])


@pytest.fixture
def ticket(committed_db: str, dana: Customer, sam: Agent) -> Ticket:
    """A conversation with a file in it."""
    ticket = asks(dana)
    words = Words(text="Here is a picture", files=[stored("card.txt", "text/plain", b"4711")])
    actions.receive(ticket, words, customer=dana, actor=customer_actor(dana))
    return answers(sam, ticket)


def test_it_lives_on_in_a_fresh_cluster(
    committed_db: str, ticket: Ticket, ours: Path, folder: Path, elsewhere: Path
) -> None:
    seen = [entry.kind for entry in take("lake")]
    file = folder / "all.backup"
    made = reported("backup", str(file), home=ours, url=committed_db)
    assert (made["files"], made["missing"], made["master_key"]) == (1, [], str(ours / "master.key"))
    assert made["bytes"] == file.stat().st_size
    assert file.stat().st_mode & 0o777 == 0o600
    restored = reported("restore", str(file), "--key-file", str(ours / "master.key"), home=elsewhere)
    assert (restored["files"], restored["held"]) == (1, True)
    reason, old, new, subjects, content = evaluated(_READ, home=elsewhere)
    assert reason == "restored"
    # a new reader of this cluster sees all that was, what the restore did, and then what happens next
    assert old[: len(seen)] == seen
    assert old[len(seen) :] == ["journal.reset", "workspace.held"]
    assert new == ["ticket.created", "message.received"]
    assert subjects == ["Card declined", "Later"]
    assert content == "4711"
    assert keys.parse_key((elsewhere / "master.key").read_text()) == keys.master_key()


def test_what_happens_after_its_start_is_not_in_it(
    committed_db: str, ticket: Ticket, dana: Customer, ours: Path, folder: Path
) -> None:
    reported("backup", str(folder / "first"), home=ours, url=committed_db)
    asks(dana, "Later")
    reported("restore", str(folder / "first"), "--replace", home=ours, url=_without_us(committed_db))
    assert list(Ticket.objects.values_list("subject", flat=True)) == ["Card declined"]


def test_nothing_in_it_can_be_read_without_the_key(committed_db: str, ticket: Ticket, ours: Path, folder: Path) -> None:
    file = folder / "sealed"
    reported("backup", str(file), home=ours, url=committed_db)
    content = file.read_bytes()
    assert b"4711" not in content
    assert b"declined" not in content
    missing = headway("restore", str(file), home=folder / "elsewhere")
    assert missing.returncode == 1
    assert f"{ours}/master.key on " in missing.stderr
    other = folder / "other.key"
    other.write_text("A" * 43)
    wrong = headway("restore", str(file), "--key-file", str(other), home=folder / "elsewhere")
    assert "was made with another master key" in wrong.stderr
    assert not (folder / "elsewhere" / "master.key").exists()


def test_a_changed_or_shortened_file_is_refused_and_changes_nothing(
    committed_db: str, ticket: Ticket, ours: Path, folder: Path
) -> None:
    file = folder / "whole"
    reported("backup", str(file), home=ours, url=committed_db)
    assert reported("restore", "--check", str(file), home=ours)["files"] == 1
    content = file.read_bytes()
    middle = len(content) // 2
    damaged = {
        "shortened": content[:-100],
        "changed": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
        "relabelled": content.replace(b'"version": "0', b'"version": "9'),
    }
    before = list(Ticket.objects.values_list("subject", flat=True))
    for name, bad in damaged.items():
        (folder / name).write_bytes(bad)
        for options in (["--check"], ["--replace"]):
            done = headway("restore", str(folder / name), *options, home=ours, url=_without_us(committed_db))
            assert (done.returncode, "damaged or cut short" in done.stderr) == (1, True), (name, done.stderr)
    assert list(Ticket.objects.values_list("subject", flat=True)) == before


def test_it_does_not_overwrite_a_workspace_or_a_file_unasked(
    committed_db: str, ticket: Ticket, ours: Path, folder: Path
) -> None:
    file = folder / "once"
    reported("backup", str(file), home=ours, url=committed_db)
    again = headway("backup", str(file), home=ours, url=committed_db)
    assert (again.returncode, "exists already" in again.stderr) == (1, True)
    busy = headway("restore", str(file), "--replace", home=ours, url=committed_db)
    assert (busy.returncode, "Somebody is connected" in busy.stderr) == (1, True)
    occupied = headway("restore", str(file), home=ours, url=_without_us(committed_db))
    assert (occupied.returncode, "There is a workspace here already" in occupied.stderr) == (1, True)


def test_a_missing_file_is_told(committed_db: str, ticket: Ticket, ours: Path, folder: Path) -> None:
    name = files.blob_of(b"4711").sha256
    files.delete(name)
    made = reported("backup", str(folder / "gap"), home=ours, url=committed_db)
    assert made["missing"] == [name]


def test_what_is_no_backup_is_told(folder: Path) -> None:
    (folder / "letter").write_text("Dear support")
    assert "not a Headway backup" in headway("restore", str(folder / "letter"), home=folder / "home").stderr
    assert "There is no file" in headway("restore", str(folder / "nothing"), home=folder / "home").stderr


def _without_us(url: str) -> str:
    """The address, after this process let go of the database."""
    from django.db import connections

    connections.close_all()
    return url
