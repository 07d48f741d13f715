"""kill -9 at any moment: nothing lost, nothing doubled."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connections

from headway.intake.models import RawMail
from headway.intake.tests.letters import letter
from headway.tickets.models import Message, Ticket

pytestmark = pytest.mark.long

MAILS = 240
CONVERSATIONS = 60


def archive(folder: Path) -> None:
    """Conversations of four mails each, in one folder."""
    for number in range(MAILS):
        talk, turn = number % CONVERSATIONS, number // CONVERSATIONS
        headers = [f"Date: Tue, 3 Mar 2026 {turn:02}:{talk:02}:00 +0000"]
        if turn:
            headers.append(f"In-Reply-To: <{talk}.{turn - 1}@example.com>")
        raw = letter(f"text {talk} {turn}", *headers, message_id=f"{talk}.{turn}@example.com")
        (folder / f"{number:04}.eml").write_bytes(raw)


def start(url: str, home: Path, *command: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DATABASE_URL": url, "HEADWAY_HOME": str(home)}
    return subprocess.Popen(
        [sys.executable, "-m", "headway", *command],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill(process: subprocess.Popen[bytes]) -> None:
    """Without a warning, with everything it started."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def assert_whole() -> None:
    connections.close_all()
    assert RawMail.objects.filter(state="done").count() == MAILS
    assert Message.objects.count() == MAILS
    assert Ticket.objects.filter(merged_into__isnull=True).count() == CONVERSATIONS


def test_an_import_killed_again_and_again_ends_whole(committed_db: str, tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.mkdir()
    archive(box)
    chance = random.Random(7)
    for _ in range(8):
        running = start(committed_db, tmp_path, "import", "mail", str(box), "--json")
        time.sleep(chance.uniform(0.4, 2.5))
        kill(running)
    done = start(committed_db, tmp_path, "import", "mail", str(box), "--json")
    out, _ = done.communicate(timeout=120)
    assert done.returncode == 0, out
    assert_whole()


def test_the_pipe_and_the_worker_killed_again_and_again_lose_and_double_nothing(
    committed_db: str, tmp_path: Path
) -> None:
    chance = random.Random(11)
    worker = start(committed_db, tmp_path, "worker")
    mails = [letter(f"mail {number}", message_id=f"p{number}@example.com") for number in range(12)]
    acknowledged = []
    for raw in mails:
        pipe = start(committed_db, tmp_path, "mail", "deliver")
        try:
            pipe.communicate(raw, timeout=chance.uniform(0.3, 3.0))
        except subprocess.TimeoutExpired:
            kill(pipe)
        if pipe.returncode == 0:
            acknowledged.append(raw)
        if chance.random() < 0.4:
            kill(worker)
            worker = start(committed_db, tmp_path, "worker")
    try:
        _until_processed()
    finally:
        kill(worker)
    texts = list(Message.objects.values_list("text", flat=True))
    wanted = {raw.rpartition(b"\r\n\r\n")[2].strip().decode() for raw in acknowledged}
    assert wanted <= set(texts)
    assert len(texts) == len(set(texts))


def _until_processed() -> None:
    """Processes what the killed workers left, as the schedule would after their claims are old."""
    from headway.intake.email import processing

    connections.close_all()
    deadline = time.monotonic() + 60
    while RawMail.objects.filter(state="stored").exists() and time.monotonic() < deadline:
        RawMail.objects.filter(state="stored", claimed_at__isnull=False).update(claimed_at="2026-01-01T00:00:00Z")
        processing.process_waiting()
        time.sleep(0.2)
