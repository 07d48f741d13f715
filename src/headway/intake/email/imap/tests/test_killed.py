"""kill -9 at any moment while mailboxes are fetched, and mails as large as they come."""

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connections

from headway.intake.email import processing
from headway.intake.email.imap.tests.boxes import Boxes
from headway.intake.models import Folder, MailboxHealth, RawMail
from headway.intake.tests.letters import letter
from headway.intake.tests.test_killed import kill, start
from headway.tickets.models import Message
from tests.mailservers.dovecot import Dovecot

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("committed_db")]

MAILBOXES = 4
MAILS = 400


def home() -> Path:
    """The data folder of this test, which has the key that sealed the passwords."""
    return Path(os.environ["HEADWAY_HOME"])


def wait(condition: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def test_workers_killed_again_and_again_lose_and_double_nothing(
    committed_db: str, boxes: Boxes, dovecot: Dovecot
) -> None:
    chance = random.Random(5)
    users = [f"box{number}@acme.example" for number in range(MAILBOXES)]
    for user in users:
        boxes.connect(user)
    worker = start(committed_db, home(), "worker")
    wait(lambda: Folder.objects.count() == MAILBOXES, 60)
    names = [f"mail {number}" for number in range(MAILS)]
    for number, name in enumerate(names):
        dovecot.deliver(users[number % MAILBOXES], letter(name, message_id=f"{number}@example.com"))
        if number % 40 == 39:
            time.sleep(chance.uniform(0.0, 0.5))
            kill(worker)
            # the lease of the dead one would have to end first
            MailboxHealth.objects.update(leased_until=None)
            worker = start(committed_db, home(), "worker")
            time.sleep(chance.uniform(1.5, 4.0))
    try:
        wait(lambda: RawMail.objects.count() >= MAILS, 60)
        time.sleep(1)
    finally:
        kill(worker)
    connections.close_all()
    RawMail.objects.filter(state="stored", claimed_at__isnull=False).update(claimed_at="2026-01-01T00:00:00Z")
    while processing.process_waiting():
        pass
    assert sorted(Message.objects.values_list("text", flat=True)) == sorted(names)
    assert RawMail.objects.count() == MAILS


def test_a_worker_that_is_asked_to_end_gives_its_mailboxes_back(
    committed_db: str, boxes: Boxes, dovecot: Dovecot
) -> None:
    boxes.connect()
    worker = start(committed_db, home(), "worker")
    try:
        wait(lambda: Folder.objects.exists() and dovecot.connected() == 1, 60)
        worker.terminate()
        worker.communicate(timeout=20)
    finally:
        if worker.poll() is None:
            kill(worker)
    assert worker.returncode == 0
    assert MailboxHealth.objects.get().leased_by == ""
    assert dovecot.connected() == 0


def test_mails_of_fifty_megabytes_are_fetched_in_less_than_256(
    committed_db: str, boxes: Boxes, dovecot: Dovecot
) -> None:
    first, second = "a@acme.example", "b@acme.example"
    for user in (first, second):
        boxes.connect(user)
    worker = start(committed_db, home(), "worker")
    wait(lambda: Folder.objects.count() == 2, 60)
    line = "QUJD" * 19 + "\r\n"
    body = line * (50_000_000 // len(line))
    headers = ("MIME-Version: 1.0", "Content-Type: application/octet-stream; name=big.bin",
               "Content-Transfer-Encoding: base64")  # fmt: skip
    mails = (first, second, first, second, first)  # some wait for processing while the next is fetched
    for number, user in enumerate(mails):
        dovecot.append(user, letter(body, *headers, subject="big", message_id=f"big{number}@example.com"))
    try:
        wait(lambda: RawMail.objects.count() == len(mails), 120)
        fetched = peak(worker.pid)
        wait(lambda: not RawMail.objects.filter(state="stored").exists(), 120)
    finally:
        after = peak(worker.pid)
        kill(worker)
    print(f"\nlargest memory of the worker: {fetched} MB when all were fetched, {after} MB when all were processed")
    assert set(RawMail.objects.values_list("state", flat=True)) == {"done"}
    assert after < 256


def peak(pid: int) -> int:
    """Megabytes the process held at its largest."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024
