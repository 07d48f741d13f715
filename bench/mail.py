"""Speed of the mail import, on mails made here."""

import random
import resource
import shutil
import tempfile
import time
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

START = datetime(2026, 8, 1, 8, 0, tzinfo=UTC)
WORDS = [
    "order", "invoice", "card", "payment", "refund", "login", "password", "export", "report", "team", "seat", "plan",
    "price", "bug", "error", "page",
]  # fmt: skip


def run(mails: int) -> dict[str, Any]:
    """Imports `mails` made mails, a third of them replies, through the command's own door."""
    from bench.ground import installation, processor

    folder = Path(tempfile.mkdtemp(prefix="headway-mails-"))
    try:
        _write(folder, mails)
        with installation():
            from django.db import connection

            from headway.intake.email import importing

            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                backend = int(cursor.fetchone()[0])
            clock, ours, database = time.monotonic(), _own(), processor(backend)
            importing.run([folder], progress=lambda _what, _count: None)
            seconds = _own() - ours + processor(backend) - database
            wall = time.monotonic() - clock
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {
        "mails": mails,
        "processor_seconds": seconds,
        "a_second_a_core": mails / seconds,
        "wall_seconds": wall,
    }


def _own() -> float:
    """Processor seconds of this process and its finished children."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in usage)


def _write(folder: Path, mails: int) -> None:
    chance = random.Random(3)
    ids: list[str] = []
    for number in range(mails):
        mail = EmailMessage()
        mail["From"] = f"Customer {number % 700} <customer{number % 700}@example.com>"
        mail["To"] = "Support <support@acme.example>"
        mail["Date"] = START + timedelta(seconds=number * 37)
        mail["Message-ID"] = f"<{number}.{chance.getrandbits(64):x}@example.com>"
        if ids and chance.random() < 0.33:
            before = chance.randrange(max(0, len(ids) - 700), len(ids))
            mail["In-Reply-To"] = mail["References"] = ids[before]
            mail.replace_header("From", f"Customer {before % 700} <customer{before % 700}@example.com>")
            mail["Subject"] = "Re: a question"
        else:
            mail["Subject"] = f"A question about {chance.choice(WORDS)} {number}"
        ids.append(mail["Message-ID"])
        text = "\n".join(" ".join(chance.choices(WORDS, k=12)) for _line in range(chance.randint(3, 20)))
        mail.set_content(f"Hello,\n\n{text}\n\nKind regards\nCustomer {number % 700}\n")
        if chance.random() < 0.5:
            mail.add_alternative(f"<html><body><p>Hello,</p><p>{text}</p></body></html>", subtype="html")
        if chance.random() < 0.1:
            picture = chance.randbytes(20_000)
            mail.add_attachment(picture, maintype="image", subtype="png", filename="screenshot.png")
        (folder / f"{number:06}.eml").write_bytes(mail.as_bytes())
