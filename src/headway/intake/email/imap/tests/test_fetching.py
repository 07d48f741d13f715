"""A mailbox on a real server is fetched: everything once, nothing lost, nothing marked as read."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from headway.events.models import Entry
from headway.foundation import files
from headway.foundation.clock import now
from headway.foundation.errors import Conflict
from headway.intake.channel import Arrival
from headway.intake.email import receiving
from headway.intake.email.imap import folders, taking
from headway.intake.email.imap.fetching import Failure, fetch_once
from headway.intake.email.imap.session import Session, open_session
from headway.intake.email.imap.tests.boxes import USER, Boxes, mails, subjects
from headway.intake.mailboxes import actions, queries
from headway.intake.models import Folder, Grant, RawMail
from headway.intake.oauth import actions as oauth
from headway.intake.tests.letters import letter
from headway.people.models import Agent
from headway.settings import actions as settings
from tests.mailservers import dovecot as program
from tests.mailservers.dovecot import Dovecot
from tests.mailservers.oauth import Provider

pytestmark = pytest.mark.usefixtures("db")


def test_new_mails_become_tickets_and_stay_unread(boxes: Boxes, dovecot: Dovecot) -> None:
    dovecot.append(USER, *mails("old"), at=now() - timedelta(minutes=1))
    mailbox = boxes.connect()
    assert fetch_once(mailbox) == 0
    dovecot.append(USER, *mails("a", "b"))
    assert fetch_once(mailbox) == 2
    assert fetch_once(mailbox) == 0
    assert subjects() == ["a", "b"]
    assert not any(b"Seen" in flags for flags in dovecot.flags(USER))
    row = RawMail.objects.first()
    assert row is not None
    assert (row.source, row.envelope) == (f"mailbox:{mailbox.pk}", {"to": [USER]})
    line = queries.health(mailbox.pk)
    assert (line.state, line.health.waiting) == ("working", 0)
    assert line.health.mail_at is not None


@pytest.mark.parametrize(
    "way", [("imaps", "tls"), ("imap", "starttls"), ("imap", "none")], ids=["tls", "starttls", "none"]
)
def test_every_kind_of_connection(boxes: Boxes, dovecot: Dovecot, way: tuple[str, str]) -> None:
    mailbox = boxes.connect(imap_port=getattr(dovecot, way[0]), imap_security=way[1])
    fetch_once(mailbox)
    dovecot.deliver(USER, *mails("a"))
    assert fetch_once(mailbox) == 1


def test_a_new_uidvalidity_is_a_silent_rescan(boxes: Boxes, dovecot: Dovecot) -> None:
    dovecot.append(USER, *mails("old", "older"), at=now() - timedelta(minutes=1))
    mailbox = boxes.connect()
    fetch_once(mailbox)
    dovecot.append(USER, *mails("a", "b"), at=now() + timedelta(seconds=2))
    fetch_once(mailbox)
    before = Folder.objects.get()
    dovecot.forget_numbers(USER)
    dovecot.append(USER, *mails("c"), at=now() + timedelta(seconds=2))
    assert fetch_once(mailbox) == 3
    assert subjects() == ["a", "b", "c"]
    after = Folder.objects.get()
    assert after.uid_validity != before.uid_validity
    assert sorted(RawMail.objects.values_list("state", flat=True)) == ["done"] * 3 + ["duplicate"] * 2
    assert fetch_once(mailbox) == 0


def test_a_mail_moved_away_and_back_is_one_message(boxes: Boxes, dovecot: Dovecot) -> None:
    mailbox = boxes.connect()
    fetch_once(mailbox)
    dovecot.append(USER, *mails("a", "b"))
    assert fetch_once(mailbox) == 2
    with dovecot.client(USER) as client:
        client.create("Else")
        client.uid("MOVE", "1", "Else")
        client.select("Else")
        client.uid("MOVE", "1:*", "INBOX")
    fetch_once(mailbox)
    assert subjects() == ["a", "b"]


def test_a_wrong_password_is_told_in_a_sentence(boxes: Boxes) -> None:
    mailbox = boxes.connect(secrets={"password": "wrong"})
    with pytest.raises(Failure, match="refuses the user name or password") as failure:
        fetch_once(mailbox)
    assert failure.value.word == "password"
    line = queries.health(mailbox.pk)
    assert (line.state, line.health.failure) == ("failing", "password")
    assert "wrong" not in line.health.error


def test_the_number_after_the_last_is_no_news(boxes: Boxes, dovecot: Dovecot) -> None:
    """`UID 100:*` answers the last mail whatever its number: it is not taken again."""
    mailbox = boxes.connect()
    fetch_once(mailbox)
    dovecot.append(USER, *mails("a"))
    assert fetch_once(mailbox) == 1
    kept = RawMail.objects.count()
    for _ in range(3):
        assert fetch_once(mailbox) == 0
    assert RawMail.objects.count() == kept


def test_mail_between_the_connecting_and_the_first_look_is_taken(boxes: Boxes, dovecot: Dovecot) -> None:
    dovecot.append(USER, *mails("old"), at=now() - timedelta(seconds=5))
    mailbox = boxes.connect()
    dovecot.append(USER, *mails("a"), at=now() + timedelta(seconds=5))
    dovecot.append(USER, *mails("older"), at=now() - timedelta(days=400))
    assert fetch_once(mailbox) == 1
    assert subjects() == ["a"]
    dovecot.append(USER, *mails("b"))
    assert fetch_once(mailbox) == 1


def test_another_folder_with_a_name_of_other_letters(boxes: Boxes, dovecot: Dovecot) -> None:
    with dovecot.client(USER) as client:
        client.create("&AMQ-rger")  # modified UTF-7, RFC 3501
    mailbox = boxes.connect(imap_folder="Ärger")
    fetch_once(mailbox)
    dovecot.append(USER, *mails("a"), folder="&AMQ-rger")
    assert fetch_once(mailbox) == 1


def test_a_crash_between_storing_and_counting_as_taken_doubles_nothing(
    boxes: Boxes, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = boxes.connect()
    fetch_once(mailbox)
    dovecot.append(USER, *mails("a", "b"))

    def die(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(folders, "note", die)
        with pytest.raises(MemoryError):
            fetch_once(mailbox)
    assert RawMail.objects.count() == 2
    assert fetch_once(mailbox) == 0
    assert Folder.objects.get().taken != ""
    assert subjects() == ["a", "b"]


def test_a_crash_before_storing_loses_nothing(boxes: Boxes, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    mailbox = boxes.connect()
    fetch_once(mailbox)
    dovecot.append(USER, *mails("a", "b"))

    def full(arrivals: Sequence[Arrival]) -> list[int]:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(receiving, "keep", full)
        with pytest.raises(Failure, match="cannot be stored here") as failure:
            fetch_once(mailbox)
    assert failure.value.word == "storage"
    assert fetch_once(mailbox) == 2


def test_a_server_that_stops_in_mid_fetch(boxes: Boxes, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    mailbox = boxes.connect()
    fetch_once(mailbox)
    dovecot.append(USER, *mails(*"abcdefghij"))
    monkeypatch.setattr(taking, "BATCH_MAILS", 3)
    fetch = Session.mails
    done: list[Sequence[int]] = []

    def cut(session: Session, numbers: Sequence[int], size: int) -> dict[int, bytes]:
        if len(done) == 2:
            dovecot.stop()
        done.append(numbers)
        return fetch(session, numbers, size)

    with monkeypatch.context() as patched:
        patched.setattr(Session, "mails", cut)
        with pytest.raises(Failure, match="closed the connection"):
            fetch_once(mailbox)
    assert RawMail.objects.count() == 6
    dovecot.start()
    assert fetch_once(mailbox) == 4
    assert subjects() == list("abcdefghij")


def test_a_mail_that_the_server_does_not_hand_out_stops_no_other_and_is_put_aside(
    boxes: Boxes, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = boxes.connect()
    fetch_once(mailbox)
    dovecot.append(USER, *mails("a", "bad", "c"))
    fetch = Session.mails

    def but_one(session: Session, numbers: Sequence[int], size: int) -> dict[int, bytes]:
        return {number: raw for number, raw in fetch(session, numbers, size).items() if b"Subject: bad" not in raw}

    monkeypatch.setattr(Session, "mails", but_one)
    memory = folders.Memory()
    session = open_session(mailbox)
    assert taking.take(mailbox, session, memory).fresh == 2
    assert list(memory.strikes) == [2]
    monkeypatch.setattr(taking, "STRIKE_SECONDS", 0.0)
    for _ in range(4):
        taking.take(mailbox, session, memory)
    session.leave()
    row = RawMail.objects.get(state="quarantined")
    assert "does not hand this mail out" in row.error
    assert "number 2" in row.error
    assert files.read(row.sha256).startswith(b"Message-ID: <bad@example.com>")
    assert subjects() == ["a", "c"]
    assert fetch_once(mailbox) == 0
    assert memory.strikes == {}


def test_a_mail_that_is_too_large_is_put_aside_with_its_header(
    boxes: Boxes, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "MOST_BYTES", 100_000)
    mailbox = boxes.connect()
    fetch_once(mailbox)
    dovecot.append(USER, letter("x" * 70 + "\r\n" + "y" * 200_000, subject="huge"), *mails("a"))
    assert fetch_once(mailbox) == 2
    row = RawMail.objects.get(state="quarantined")
    assert "larger than" in row.error
    assert b"Subject: huge" in files.read(row.sha256)
    assert row.size < 1000
    assert subjects() == ["a"]


def test_one_big_mail_at_a_time_the_others_go_on(
    boxes: Boxes, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "BATCH_BYTES", 10_000)
    mailbox = boxes.connect()
    fetch_once(mailbox)
    dovecot.append(USER, letter("y" * 20_000, subject="big"), *mails("a"))
    with taking._one_big:
        assert fetch_once(mailbox) == 1
    assert queries.health(mailbox.pk).health.waiting == 1
    assert fetch_once(mailbox) == 1
    assert subjects() == ["a", "big"]


@pytest.mark.parametrize(
    ("options", "reason"),
    [({"names": ("imap.acme.example",)}, "mismatch"), ({"days": -1}, "expired")],
    ids=["name", "expired"],
)
def test_a_certificate_for_another_name_or_run_out_is_refused(
    boxes: Boxes, monkeypatch: pytest.MonkeyPatch, options: dict[str, object], reason: str
) -> None:
    with program.running(**options) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        for port, security in ((server.imaps, "tls"), (server.imap, "starttls")):
            mailbox = boxes.connect(f"{security}@acme.example", imap_port=port, imap_security=security)
            with pytest.raises(Failure, match=reason) as failure:
                fetch_once(mailbox)
            assert failure.value.word == "certificate"
        assert "Login:" not in server.log()


def test_a_certificate_of_an_unknown_authority_is_refused(boxes: Boxes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(Failure, match="self-signed"):
        fetch_once(boxes.connect())


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"imap_host": "no-such-host.invalid"}, "host"),
        ({"imap_host": "127.0.0.1", "imap_port": 1}, "connection"),
        ({"imap_folder": "Nowhere"}, "folder"),
        ({"secrets": {"password": "wrong"}}, "password"),
    ],
)
def test_each_failure_has_its_word_and_sentence(boxes: Boxes, fields: dict[str, Any], word: str) -> None:
    mailbox = boxes.connect(**fields)
    with pytest.raises(Failure) as failure:
        fetch_once(mailbox)
    assert failure.value.word == word
    line = queries.health(mailbox.pk)
    assert (line.state, line.health.failure, line.health.error) == ("failing", word, failure.value.sentence)
    told = str(list(Entry.objects.values_list("data", flat=True))) + line.health.error
    assert "sesame" not in told


def test_tls_on_a_port_without_it(boxes: Boxes, dovecot: Dovecot) -> None:
    with pytest.raises(Failure, match="does not speak TLS") as failure:
        fetch_once(boxes.connect(imap_port=dovecot.imap))
    assert failure.value.word == "encryption"


def test_paused_archived_held_and_unfetched_mailboxes_are_refused(boxes: Boxes, ada: Agent) -> None:
    mailbox = boxes.connect()
    settings.hold("a test", actor=ada.actor)
    with pytest.raises(Conflict, match="held"):
        fetch_once(mailbox)
    settings.release(actor=ada.actor)
    actions.pause(mailbox, actor=ada.actor)
    with pytest.raises(Conflict, match="paused"):
        fetch_once(mailbox)
    actions.archive(mailbox, actor=ada.actor)
    with pytest.raises(Conflict, match="does not exist"):
        fetch_once(mailbox)
    with pytest.raises(Conflict, match="another way"):
        fetch_once(boxes.connect("other@acme.example", imap_host="", secrets={}))


def test_a_mailbox_of_oauth_is_read_with_its_token(
    boxes: Boxes, ada: Agent, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    with program.running(tokens_at=f"{provider.url}/introspect") as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        oauth.register("google", actor=ada.actor, client_id="client", client_secret="kept")
        mailbox = boxes.connect(login="google", imap_port=server.imaps, secrets={})
        with pytest.raises(Failure, match="Nobody has signed in yet"):
            fetch_once(mailbox)
        state, code = provider.authority.consent(oauth.begin(mailbox, agent=ada), USER)
        oauth.finish(state, code, agent=ada)
        fetch_once(mailbox)
        server.append(USER, *mails("a"))
        assert fetch_once(mailbox) == 1
        # the provider took the token back before its time: the next look has a new one
        provider.authority.access.clear()
        with pytest.raises(Failure) as failure:
            fetch_once(mailbox)
        assert failure.value.word == "sign_in"
        assert fetch_once(mailbox) == 0
        assert queries.health(mailbox.pk).state == "working"
        provider.authority.refresh.clear()
        Grant.objects.update(expires_at=now())
        with pytest.raises(Failure, match="Sign in again"):
            fetch_once(mailbox)
        assert queries.health(mailbox.pk).health.failure == "sign_in_again"
