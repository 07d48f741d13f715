"""Servers that are broken, slow or hostile: nothing is lost, nothing grows without bound, nothing hangs."""

import re
import time
from contextlib import suppress
from typing import Any

import pytest

from headway.foundation import files
from headway.intake.email.imap import folders, taking, wire
from headway.intake.email.imap.failures import Failure
from headway.intake.email.imap.fetching import fetch_once
from headway.intake.email.imap.session import TROUBLE, open_session
from headway.intake.email.imap.tests.scripted import MAIL, Answer, serving, usual
from headway.intake.mailboxes import actions
from headway.intake.models import Folder, Mailbox, RawMail
from headway.people.models import Agent, Brand

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def ways(ada: Agent, acme: Brand) -> dict[str, Any]:
    """What every mailbox of these tests is connected with."""
    return {
        "address": "help@acme.example",
        "brand": acme,
        "actor": ada.actor,
        "imap_host": "127.0.0.1",
        "imap_security": "none",
        "secrets": {"password": "sesame"},
    }


def connect(ways: dict[str, Any], port: int, **fields: Any) -> Mailbox:
    return actions.connect(**{**ways, "imap_port": port, **fields})


def test_a_server_of_few_words_is_enough(ways: dict[str, Any]) -> None:
    few: Answer = lambda tag: f"* 1 EXISTS\r\n* OK [UIDVALIDITY 5] .\r\n{tag} OK .\r\n".encode()  # noqa: E731
    with serving(usual(examine=few)) as port:
        mailbox = connect(ways, port)
        assert fetch_once(mailbox) == 1
        # it answers `UID 2:*` with its last mail, which is 1
        assert fetch_once(mailbox) == 0
    assert files.read(RawMail.objects.get().sha256) == MAIL
    assert str(Folder.objects.get().taken) == "1"


@pytest.mark.parametrize(
    "mail",
    [
        lambda tag: f"* 1 FETCH (UID 1 BODY[] NIL)\r\n{tag} OK .\r\n".encode(),
        lambda tag: f"{tag} NO [SERVERBUG] cannot convert\r\n".encode(),
        lambda tag: f"{tag} OK .\r\n".encode(),
        lambda tag: f"* 1 FETCH (UID 1 BODY[]\r\n{tag} OK .\r\n".encode(),
        lambda tag: None,
    ],
    ids=["nil", "no", "nothing", "garbage", "hangs-up"],
)
def test_a_mail_that_never_comes_is_put_aside_in_the_end(
    ways: dict[str, Any], monkeypatch: pytest.MonkeyPatch, mail: Answer
) -> None:
    monkeypatch.setattr(taking, "STRIKE_SECONDS", 0.0)
    memory = folders.Memory()
    with serving(usual(mail=mail)) as port:
        mailbox = connect(ways, port)
        for _ in range(taking.MOST_STRIKES + 1):
            session = open_session(mailbox)
            with suppress(*TROUBLE):
                taking.take(mailbox, session, memory)
            session.close()
    row = RawMail.objects.get()
    assert (row.state, row.size) == ("quarantined", 0)
    assert "number 1" in row.error
    assert Folder.objects.get().taken == "1"


def test_odd_dates_and_sizes_stop_nothing(ways: dict[str, Any]) -> None:
    odd: Answer = lambda tag: (  # noqa: E731
        f'* 1 FETCH (UID 1 RFC822.SIZE big INTERNALDATE "yesterday")\r\n{tag} OK .\r\n'.encode()
    )
    with serving(usual(facts=odd)) as port:
        assert fetch_once(connect(ways, port)) == 1


def test_a_server_that_sends_more_than_it_said_is_cut_off(ways: dict[str, Any]) -> None:
    huge: Answer = lambda tag: b"* 1 FETCH (UID 1 BODY[] {4000000000}\r\n" + b"x" * 100_000  # noqa: E731
    with serving(usual(mail=huge)) as port, pytest.raises(Failure) as failure:
        fetch_once(connect(ways, port))
    assert failure.value.word == "closed"
    assert not RawMail.objects.exists()


def test_endless_lines_are_cut_off(ways: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "_SMALL", 100_000)
    endless: Answer = lambda tag: b"* SEARCH " + b"1 " * 1_000_000  # noqa: E731
    mailbox_ends = usual(search=endless)
    with serving(mailbox_ends) as port, pytest.raises(Failure) as failure:
        fetch_once(connect(ways, port))
    assert "more than was asked for" in str(failure.value.__cause__ or failure.value.__context__)


def test_what_is_told_of_while_the_folder_is_searched_is_not_forgotten(ways: dict[str, Any]) -> None:
    late: Answer = lambda tag: f"* SEARCH\r\n* 2 EXISTS\r\n{tag} OK .\r\n".encode()  # noqa: E731
    with serving(usual(search=late)) as port:
        session = open_session(connect(ways, port))
        session.search("ALL")
        assert session.told
        session.close()


def test_what_was_told_of_before_a_search_is_found_by_it(ways: dict[str, Any]) -> None:
    with serving(usual()) as port:
        session = open_session(connect(ways, port))
        heard = [session.told]
        session.search("ALL")
        heard.append(session.told)
        session.close()
    assert heard == [True, False]


def test_a_server_that_drips_is_given_up(ways: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def dripping(tag: str) -> bytes:
        time.sleep(0.3)
        return b"* OK still here\r\n"

    monkeypatch.setattr(wire, "_SILENT_SECONDS", 0.1)
    with serving(usual(search=dripping)) as port, pytest.raises(Failure) as failure:
        fetch_once(connect(ways, port))
    assert failure.value.word == "timeout"


@pytest.mark.parametrize(
    ("greeting", "answers", "word"),
    [
        (b"* BYE too many connections\r\n", usual(), "answer"),
        (b"220 smtp.acme.example ESMTP\r\n", usual(), "closed"),
        (b"* OK ready\r\n", usual(login=lambda tag: f"{tag} NO [UNAVAILABLE] later\r\n".encode()), "busy"),
        (b"* OK ready\r\n", usual(login=lambda tag: f"{tag} NO [AUTHENTICATIONFAILED] no\r\n".encode()), "password"),
        (b"* OK ready\r\n", usual(login=lambda tag: None), "closed"),
        (b"* OK ready\r\n", usual(examine=lambda tag: f"{tag} NO [NONEXISTENT] none\r\n".encode()), "folder"),
        (b"* OK ready\r\n", usual(search=lambda tag: f"{tag} BAD what\r\n".encode()), "answer"),
    ],
)
def test_what_a_server_says_is_told_by_its_word(
    ways: dict[str, Any], greeting: bytes, answers: dict[str, Answer], word: str
) -> None:
    with serving(answers, greeting) as port, pytest.raises(Failure) as failure:
        fetch_once(connect(ways, port))
    assert failure.value.word == word, failure.value.sentence


@pytest.mark.parametrize(
    ("greeting", "capabilities"),
    [
        (b"* OK ready\r\n", "IMAP4rev1"),
        (b"* PREAUTH welcome\r\n", "IMAP4rev1 STARTTLS"),
        (b"* OK ready\r\n", "IMAP4rev1 STARTTLS"),
    ],
    ids=["not-offered", "preauth", "injected"],
)
def test_no_password_is_sent_where_encryption_does_not_begin_cleanly(
    ways: dict[str, Any], greeting: bytes, capabilities: str
) -> None:
    asked: list[str] = []

    def note(tag: str) -> bytes:
        asked.append(tag)
        return b""

    # what follows the OK came before the encryption and must not count
    answers = usual(
        capability=lambda tag: f"* CAPABILITY {capabilities}\r\n{tag} OK .\r\n".encode(),
        starttls=lambda tag: f"{tag} OK begin\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n".encode(),
        login=note,
        authenticate=note,
    )
    with serving(answers, greeting) as port, pytest.raises(Failure) as failure:
        fetch_once(connect(ways, port, imap_security="starttls"))
    assert not asked
    assert not re.search("sesame", failure.value.sentence)
