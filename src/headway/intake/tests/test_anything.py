"""Whatever bytes come in: a message, a copy of one, or quarantine with the bytes kept; never an end of the batch."""

import itertools
import threading

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headway.foundation import files
from headway.intake.channel import Arrival
from headway.intake.email import processing
from headway.intake.email.receiving import keep
from headway.intake.email.tests.test_parse import _WORDS
from headway.intake.models import RawMail
from headway.intake.tests.letters import arrive, letter, message_of
from headway.tickets.models import Message, Ticket

_numbers = itertools.count()
_HEADERS = [
    b"From: ", b"To: ", b"Cc: ", b"Subject: ", b"Message-ID: <", b"In-Reply-To: <", b"References: <", b"Date: ",
    b"Content-Disposition: attachment; filename=", b"Return-Path: <>", b"List-Id: x", b"Auto-Submitted: auto-replied",
    "é".encode(), b"\xed\xa0\xbd", b"\xf0\x9f\x98\x80", b"a@b.example", b"m1@example.com>", b"\n", b"\n\n",
]  # fmt: skip
ALMOST = st.lists(st.sampled_from([*_WORDS, *_HEADERS]), max_size=50).map(b"".join)


def settled(raws: list[bytes]) -> list[RawMail]:
    """Keeps the mails together and processes until nothing waits."""
    ids = keep([Arrival("pipe", f"any{next(_numbers)}", raw) for raw in raws])
    for _ in range(2 * len(raws) + 10):
        if not processing.process_waiting():
            break
    rows = {row.pk: row for row in RawMail.objects.filter(pk__in=ids)}
    return [rows[pk] for pk in ids]


@pytest.mark.usefixtures("db")
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(st.one_of(ALMOST, st.binary(max_size=300)), min_size=1, max_size=12))
def test_any_bytes_end_in_the_database_and_stop_nothing(raws: list[bytes]) -> None:
    rows = settled([*raws, letter("the one behind")])
    for raw, row in zip(raws, rows, strict=False):
        assert row.state in ("done", "duplicate", "quarantined"), row.error
        assert files.read(row.sha256) == raw
    assert rows[-1].state == "done"
    assert rows[-1].message is not None


LONG = {
    "a search vector over a megabyte": letter(" ".join(f"w{number:x}z" for number in range(400_000))),
    "one word of a megabyte": letter("x" * 1_000_000),
    "a subject longer than an index row": letter(subject="s" * 60_000),
    "an address longer than an index row": letter(sender=f"{'d' * 3_000}@example.com"),
    "a name longer than an index row": letter(sender=f'"{"D" * 20_000}" <dana@example.com>'),
    "an id longer than an index row": letter(message_id="i" * 50_000 + "@example.com"),
    "ten thousand references": letter("x", "References: " + " ".join(f"<r{n}@example.com>" for n in range(10_000))),
    "ten thousand readers": letter("x", "Cc: " + ", ".join(f"c{n}@example.com" for n in range(4_000))),
    "a file with a name longer than an index row": letter(
        "x", "Content-Type: application/pdf", f"Content-Disposition: attachment; filename={'f' * 9_000}.pdf"
    ),
    "a date before all times": letter("x", "Date: Mon, 1 Jan 0001 00:00:00 +1400"),
    "a date after all times": letter("x", "Date: Fri, 31 Dec 9999 23:59:59 -1200"),
    "NUL in every header": letter(
        "a\x00b", "Cc: a\x00b@example.com", subject="a\x00b", sender="D\x00 <d\x00@x.example>"
    ),
    "lone surrogates": letter(subject="=?utf-8?b?7aC9?=", sender="=?utf-8?b?7aC9?= <d@x.example>") + b"\xed\xa0\xbd",
    "nothing": b"",
    "one line": b"Hello",
    "only line ends": b"\r\n" * 3,
}


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("name", list(LONG))
def test_what_the_database_would_refuse_becomes_a_message(name: str) -> None:
    row = arrive(LONG[name])
    assert (row.state, row.error) == ("done", "")
    assert row.message is not None


@pytest.mark.usefixtures("db")
def test_a_reply_to_a_mail_placed_in_the_same_breath_joins_it() -> None:
    first = letter("one", message_id="s1@example.com")
    second = letter("two", "In-Reply-To: <s1@example.com>", message_id="s2@example.com")
    third = letter("three", "In-Reply-To: <s2@example.com>")
    rows = settled([third, first, second, letter("another")])
    assert [row.state for row in rows] == ["done"] * 4
    standing = Ticket.objects.filter(merged_into__isnull=True)
    assert sorted(ticket.messages.count() for ticket in standing) == [1, 3]


@pytest.mark.usefixtures("db")
def test_copies_that_wait_together_become_one_message() -> None:
    raw = letter(message_id="twice@example.com")
    rows = settled([raw, b"Received: by another way; Tue, 3 Mar 2026 09:14:00 +0000\r\n" + raw])
    assert [row.state for row in rows] == ["done", "duplicate"]


@pytest.mark.usefixtures("db")
def test_several_new_customers_at_once_are_known_afterwards() -> None:
    senders = [f"New {number} <new{number}@example.com>" for number in range(5)]
    settled([letter(sender=sender) for sender in [*senders, senders[0]]])
    assert Message.objects.count() == 6
    assert Message.objects.values("customer").distinct().count() == 5
    assert message_of(letter(sender=senders[1])).customer is not None


def test_two_workers_at_once_make_one_message_of_each_mail(committed_db: str) -> None:
    raws = [letter(f"mail {number}", message_id=f"w{number}@example.com") for number in range(40)]
    for way in ("one", "two"):
        keep([Arrival(way, f"{way}{number}", raw) for number, raw in enumerate(raws)])
    failed: list[BaseException] = []

    def work() -> None:
        try:
            while processing.process_waiting(5):
                pass
        except BaseException as error:  # noqa: BLE001 - told by the test itself
            failed.append(error)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert failed == []
    assert Message.objects.count() == 40
    states = list(RawMail.objects.values_list("state", flat=True))
    assert (states.count("done"), states.count("duplicate")) == (40, 40)
