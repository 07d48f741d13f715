"""Which mails are automatic, and which no automatic mail may answer."""

import pytest

from headway.intake.email import loops
from headway.intake.email.parse.whole import parse

OWN = frozenset({"help@example.com"})


@pytest.mark.parametrize(
    ("headers", "kind", "reason"),
    [
        ("Subject: Login", "", ""),
        ("Auto-Submitted: no", "", ""),
        ("Auto-Submitted: auto-generated", "generated", "Auto-Submitted"),
        ("Auto-Submitted: auto-replied; owner=x", "away", "Auto-Submitted"),
        ("Return-Path: <>", "generated", "empty Return-Path"),
        ("List-Id: <news.example.com>", "bulk", "a mailing list"),
        ("List-Unsubscribe: <https://example.com>", "", "a mailing list"),
        ("Precedence: bulk", "bulk", "Precedence"),
        ("Precedence: junk", "bulk", "Precedence"),
        ("X-Auto-Response-Suppress: OOF, AutoReply", "", "X-Auto-Response-Suppress"),
        ("X-Autoreply: yes", "away", "an automatic reply"),
        ("Subject: Automatische Antwort: Login\nIn-Reply-To: <a@b>", "away", "an automatic reply"),
        ("Subject: Out of Office: Login\nX-Auto-Response-Suppress: All", "away", "X-Auto-Response-Suppress"),
        ("Reply-To: help@example.com", "", "our own address"),
        ("Sender: help@example.com", "", "our own address"),
    ],
)
def test_evidence(headers: str, kind: str, reason: str) -> None:
    found = parse(f"From: dana@example.org\n{headers}\n\nHello".encode())
    assert (loops.automatic(found), loops.reason_not_to_answer(found, OWN)) == (kind, reason)


@pytest.mark.parametrize(
    "sender", ["mailer-daemon", "postmaster", "no-reply", "noreply-billing", "news-bounces", "owner-x"]
)
def test_nobody_answers_a_robot(sender: str) -> None:
    found = parse(f"From: {sender}@example.org\n\nHello".encode())
    assert loops.reason_not_to_answer(found, OWN) == "an automatic sender"


def test_a_mail_stamped_as_ours_is_answered_by_nobody() -> None:
    headers = "".join(f"{name}: {value}\n" for name, value in loops.stamps().items())
    assert loops.reason_not_to_answer(parse(f"From: dana@example.org\n{headers}\nHi".encode()), OWN)
