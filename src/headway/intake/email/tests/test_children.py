"""Parsing in bounded processes: order kept, the deadly reported, the rest parsed."""

import io
import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import pytest

from headway.intake.email import children
from headway.intake.email.children import Pool
from headway.intake.email.parse.whole import Care, parse
from headway.intake.email.tests import corpora


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(2) as made:
        yield made


def mail(number: int) -> bytes:
    return f"From: dana@example.com\nSubject: {number}\n\nHello {number}".encode()


def test_outcomes_come_in_order_and_are_those_of_the_parser(pool: Pool) -> None:
    outcomes = pool.parse([mail(number) for number in range(200)])
    assert [one.mail for one in outcomes] == [parse(mail(number)) for number in range(200)]


def test_streams_and_bytes_are_parsed_alike_and_in_order(pool: Pool) -> None:
    large = [mail(number) + b"line\n" * 100_000 * (number % 3) for number in range(20)]
    given = [io.BytesIO(raw) if number % 2 else raw for number, raw in enumerate(large)]
    outcomes = pool.parse(given)
    assert [one.mail for one in outcomes] == [parse(raw) for raw in large]


def test_fifty_megabytes_fit_the_bounds(pool: Pool) -> None:
    body = b"--b\nContent-Type: text/plain\n\nHello\n--b\nContent-Type: application/zip; name=a.zip\n"
    body += b"Content-Transfer-Encoding: base64\n\n" + (b"QUJD" * 19 + b"\n") * 650_000 + b"\n--b--\n"
    raw = b"From: dana@example.com\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + body
    (outcome,) = pool.parse([raw])
    assert outcome.mail is not None
    assert [(one.name, one.size) for one in outcome.mail.attachments] == [("a.zip", 650_000 * 57)]


def test_a_child_that_dies_is_replaced_and_only_its_mail_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    with Pool(1) as pool:
        pool.parse([mail(0)])
        child = pool._children[0]
        given = child.give

        def give_and_kill(number: int, mail: bytes | BinaryIO, care: Care) -> None:
            given(number, mail, care)
            if number == 3:
                child.process.send_signal(signal.SIGSTOP)

        monkeypatch.setattr(child, "give", give_and_kill)
        monkeypatch.setattr(children, "_SILENCE_SECONDS", 4.0)
        outcomes = pool.parse([io.BytesIO(mail(number)) for number in range(12)])
        assert pool._children[0] is not child
    lost = [number for number, one in enumerate(outcomes) if one.mail is None]
    assert len(lost) == 1
    assert outcomes[lost[0]].fatal
    assert [one.mail.subject for number, one in enumerate(outcomes) if one.mail and number not in lost] == [
        str(number) for number in range(12) if number not in lost
    ]


def test_memory_beyond_the_bound_kills_the_child_and_not_the_parent() -> None:
    huge = b"Content-Type: application/ms-tnef; name=winmail.dat\n\n" + b"\x78\x9f\x3e\x22" + b"\x00" * 100
    with Pool(1) as pool:
        assert pool.parse([huge])[0].mail is not None
        child = pool._children[0].process.pid
        bounds = Path(f"/proc/{child}/limits").read_text()
    assert f"{512 * 1024 * 1024}" in next(line for line in bounds.splitlines() if line.startswith("Max address space"))


def test_no_secret_reaches_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWAY_MASTER_KEY", "secret")
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    with Pool(1) as pool:
        pool.parse([mail(0)])
        environment = Path(f"/proc/{pool._children[0].process.pid}/environ").read_bytes()
    assert b"secret" not in environment


def test_children_end_with_the_pool() -> None:
    with Pool(1) as pool:
        pool.parse([mail(0)])
        pid = pool._children[0].process.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.long
def test_the_corpora_go_through_the_pool_like_through_the_parser(pool: Pool) -> None:
    paths = corpora.files()
    with ExitStack() as opened:
        outcomes = pool.parse([opened.enter_context(path.open("rb")) for path in paths])
    assert [one.mail for one in outcomes] == [parse(path.read_bytes()) for path in paths]
