"""Bounces and complaints: recognised, with the right recipient and kind."""

import pytest

from headway.intake.email.parse.whole import parse
from headway.intake.email.reports import codes
from headway.intake.email.tests import corpora
from headway.intake.email.tests.expected_reports import NO_REPORTS, REPORTS


def test_at_least_ninety_five_in_a_hundred_are_recognised_with_a_recipient() -> None:
    paths = corpora.files("bounces")
    missed = [path.name for path in paths if not (found := parse(path.read_bytes()).report) or not found.recipients]
    assert set(missed) >= NO_REPORTS
    assert len(missed) <= 0.05 * len(paths)


def test_a_sample_reports_as_recorded() -> None:
    wrong = []
    for name, kind, *recipients in REPORTS:
        found = parse(corpora.raw(f"bounces/{name}")).report
        assert found is not None, name
        if (found.kind, [(one.email, one.kind) for one in found.recipients]) != (kind, recipients):
            wrong.append((name, found.kind, found.recipients))
    assert wrong == []


def test_people_are_not_taken_for_mail_servers() -> None:
    folders = ("ruby-mail", "enmime", "php-mime-mail-parser", "flanker", "talon")
    found = {path.name for path in corpora.files(*folders) if parse(path.read_bytes()).report is not None}
    words = ("bounce", "dsn", "report", "complaint", "disposition", "mimepart_without_content_type")
    assert {name for name in found if not any(word in name for word in words)} == set()


@pytest.mark.parametrize(
    ("status", "diagnostic", "action", "kind", "reason"),
    [
        ("5.1.1", "550 5.1.1 user unknown", "failed", "hard", "unknown-user"),
        ("5.2.2", "552 5.2.2 mailbox full", "failed", "soft", "mailbox-full"),
        ("4.4.7", "delivery time expired", "delayed", "delayed", "expired"),
        ("5.7.1", "550 5.7.1 blocked using a list", "failed", "soft", "blocked"),
        ("5.4.4", "host not found", "failed", "hard", "unknown-host"),
        ("4.2.1", "421 try again later", "failed", "soft", "busy"),
        ("2.1.5", "250 ok", "delivered", "delivered", ""),
        ("5.0.0", "", "failed", "hard", ""),
    ],
)
def test_hard_and_soft_by_status_and_words(status: str, diagnostic: str, action: str, kind: str, reason: str) -> None:
    why = codes.reason(status, diagnostic)
    assert (codes.kind(status, codes.reply(diagnostic), why, action), why) == (kind, reason)


def test_the_returned_mail_is_named_by_its_id() -> None:
    raw = (
        b"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nTo: help@example.com\nSubject: failure notice\n\n"
        b"<dana@example.com>:\n550 5.1.1 no such user\n\n--- Below this line is a copy of the message.\n\n"
        b"Message-ID: <t1.abc@example.com>\nFrom: help@example.com\nTo: dana@example.com\nSubject: Re: Login\n\nHello\n"
    )
    found = parse(raw).report
    assert found is not None
    assert found.original_message_id == "t1.abc@example.com"
    assert [(one.email, one.status, one.kind) for one in found.recipients] == [("dana@example.com", "5.1.1", "hard")]
