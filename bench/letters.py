"""Made mails: customers' questions and their answers, some with HTML, some with a picture."""

import random
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

START = datetime(2026, 8, 1, 8, 0, tzinfo=UTC)
CUSTOMERS = 700
WORDS = [
    "order", "invoice", "card", "payment", "refund", "login", "password", "export", "report", "team", "seat", "plan",
    "price", "bug", "error", "page",
]  # fmt: skip


def letters(mails: int, *, seed: int = 3) -> Iterator[bytes]:
    """`mails` raw mails in the order of their dates; a third answer one of the 700 before them."""
    chance = random.Random(seed)
    latest: deque[tuple[int, str]] = deque(maxlen=CUSTOMERS)
    for number in range(mails):
        mail = EmailMessage()
        writer = number % CUSTOMERS
        subject = f"A question about {chance.choice(WORDS)} {number}"
        if latest and chance.random() < 0.33:
            writer, before = chance.choice(latest)
            mail["In-Reply-To"] = mail["References"] = before
            subject = "Re: a question"
        mail["From"] = f"Customer {writer} <customer{writer}@example.com>"
        mail["To"] = "Support <support@acme.example>"
        mail["Date"] = START + timedelta(seconds=number * 37)
        mail["Message-ID"] = f"<{number}.{chance.getrandbits(64):x}@example.com>"
        mail["Subject"] = subject
        latest.append((writer, mail["Message-ID"]))
        text = "\n".join(" ".join(chance.choices(WORDS, k=12)) for _line in range(chance.randint(3, 20)))
        mail.set_content(f"Hello,\n\n{text}\n\nKind regards\nCustomer {writer}\n")
        if chance.random() < 0.5:
            mail.add_alternative(f"<html><body><p>Hello,</p><p>{text}</p></body></html>", subtype="html")
        if chance.random() < 0.1:
            picture = chance.randbytes(20_000)
            mail.add_attachment(picture, maintype="image", subtype="png", filename="screenshot.png")
        yield mail.as_bytes()
