"""Three hundred mailboxes on one worker."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connections

from headway.intake.email.imap.tests.boxes import Boxes, mails
from headway.intake.models import MailboxHealth, RawMail
from headway.intake.tests.test_killed import kill, start
from headway.people.models import Agent, Brand
from tests.mailservers import dovecot as program

pytestmark = pytest.mark.long

MAILBOXES = 300


def memory(pid: int) -> int:
    """Megabytes that the process holds now."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) // 1024


def seconds_until(condition: Callable[[], bool]) -> float:
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < 60, "waited in vain"
        time.sleep(0.1)
    return time.monotonic() - started


@pytest.mark.parametrize("told", [True, False], ids=["told", "asked"])
def test_three_hundred_mailboxes_lag_less_than_a_minute(
    committed_db: str, ada: Agent, acme: Brand, monkeypatch: pytest.MonkeyPatch, told: bool
) -> None:
    with program.running(clients=60, more="" if told else "imap_capability = IMAP4rev1") as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        boxes = Boxes(server, ada, acme)
        users = [f"box{number}@acme.example" for number in range(MAILBOXES)]
        # with the key that sealed the passwords
        worker = start(committed_db, Path(os.environ["HEADWAY_HOME"]), "worker")
        try:
            seconds_until(lambda: memory(worker.pid) > 60)
            time.sleep(5)
            alone = memory(worker.pid)
            for user in users:
                boxes.connect(user)
            looked = MailboxHealth.objects.filter(looked_at__isnull=False)
            opened = seconds_until(lambda: looked.count() == MAILBOXES)
            time.sleep(3)
            together = memory(worker.pid)
            for number, user in enumerate(users):
                server.deliver(user, *mails(f"m{number}"))
            arrived = seconds_until(lambda: RawMail.objects.count() == MAILBOXES)
            done = seconds_until(lambda: RawMail.objects.filter(state="done").count() == MAILBOXES)
            lags = list(MailboxHealth.objects.values_list("lag_seconds", flat=True))
            print(
                f"\nworker {alone} MB, with {MAILBOXES} connections {together} MB; all open after {opened:.1f} s; "
                f"{arrived:.1f} s after the last delivery all stored, {done:.1f} s later all processed; "
                f"largest lag {max(lags)} s"
            )
            assert max(lags) < 60
            assert together - alone < 150
        finally:
            kill(worker)
            connections.close_all()
