"""A worker's fetcher: told of new mail, taking over, stopping, recovering."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError, connections

from headway.foundation.clock import now
from headway.intake.channel import Arrival
from headway.intake.email import receiving
from headway.intake.email.imap import fetcher as module
from headway.intake.email.imap import line, taking
from headway.intake.email.imap.fetcher import Fetcher
from headway.intake.email.imap.fetching import fetch_once
from headway.intake.email.imap.session import Session
from headway.intake.email.imap.tests.boxes import USER, Boxes, mails, subjects
from headway.intake.mailboxes import actions, queries
from headway.intake.models import MailboxHealth, RawMail
from headway.people.models import Agent
from headway.settings import actions as settings
from headway.tickets.models import Message
from tests.mailservers.dovecot import Dovecot

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds instead of minutes, for the pauses that a test waits for."""
    monkeypatch.setattr(module, "_REFRESH_SECONDS", 0.1)
    monkeypatch.setattr(line, "_FIRST_PAUSE", 0.1)
    monkeypatch.setattr(line, "_FIRST_PAUSE_DELICATE", 0.1)


@contextmanager
def fetching(threads: int = 3) -> Iterator[Fetcher]:
    fetcher = Fetcher(threads)
    fetcher.start()
    try:
        yield fetcher
    finally:
        fetcher.stop()


def until(condition: Callable[[], Any]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def arrived(number: int) -> bool:
    return RawMail.objects.count() == number


def looked(*mailbox_ids: int) -> bool:
    return all(queries.health(mailbox_id).health.looked_at is not None for mailbox_id in mailbox_ids)


def test_the_server_tells_of_new_mail(boxes: Boxes, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "POLL_SECONDS", 600.0)
    first, second = boxes.connect("a@acme.example"), boxes.connect("b@acme.example", imap_security="none",
                                                                   imap_port=dovecot.imap)  # fmt: skip
    with fetching():
        until(lambda: looked(first.pk, second.pk))
        for number in range(3):
            dovecot.deliver("a@acme.example", *mails(f"a{number}"))
            dovecot.deliver("b@acme.example", *mails(f"b{number}"))
            until(partial(arrived, 2 * number + 2))
        assert queries.health(first.pk).health.idle
    assert sorted(subjects()) == ["a0", "a1", "a2", "b0", "b1", "b2"]


def test_where_the_server_does_not_tell_it_is_asked(
    boxes: Boxes, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "POLL_SECONDS", 0.1)
    monkeypatch.setattr("headway.intake.email.imap.session.Session.idles", False)
    mailbox = boxes.connect()
    with fetching():
        until(lambda: looked(mailbox.pk))
        dovecot.deliver("help@acme.example", *mails("a"))
        until(lambda: RawMail.objects.exists())
        assert not queries.health(mailbox.pk).health.idle


def test_pausing_resuming_archiving_and_holding_are_followed(boxes: Boxes, ada: Agent, dovecot: Dovecot) -> None:
    mailbox = boxes.connect()

    def leased() -> bool:
        return dovecot.connected() == 1

    with fetching():
        until(leased)
        actions.pause(mailbox, actor=ada.actor)
        until(lambda: dovecot.connected() == 0)
        actions.resume(mailbox, actor=ada.actor)
        until(leased)
        settings.hold("a test", actor=ada.actor)
        until(lambda: dovecot.connected() == 0)
        settings.release(actor=ada.actor)
        until(leased)
        actions.archive(mailbox, actor=ada.actor)
        until(lambda: dovecot.connected() == 0)


def test_another_worker_takes_over_what_is_given_back_or_left_behind(boxes: Boxes, dovecot: Dovecot) -> None:
    mailbox = boxes.connect()
    with fetching() as first:
        # what comes before the first look is old mail
        until(lambda: looked(mailbox.pk))
        assert MailboxHealth.objects.get().leased_by == first.worker
        with fetching() as second:
            time.sleep(0.3)
            assert MailboxHealth.objects.get().leased_by == first.worker
            first.stop()
            until(lambda: MailboxHealth.objects.get().leased_by == second.worker)
    MailboxHealth.objects.update(leased_by="a worker that died", leased_until=now())
    with fetching() as third:
        until(lambda: MailboxHealth.objects.get().leased_by == third.worker)
        dovecot.deliver("help@acme.example", *mails("a"))
        until(lambda: RawMail.objects.filter(source=f"mailbox:{mailbox.pk}").exists())
    assert MailboxHealth.objects.get().leased_by == ""


def test_a_server_that_restarts_is_found_again(boxes: Boxes, dovecot: Dovecot) -> None:
    mailbox = boxes.connect()
    with fetching():
        until(lambda: looked(mailbox.pk))
        dovecot.stop()
        until(lambda: queries.health(mailbox.pk).state == "failing")
        assert queries.health(mailbox.pk).health.failure == "connection"
        dovecot.start()
        until(lambda: queries.health(mailbox.pk).state == "working")
        dovecot.deliver("help@acme.example", *mails("a"))
        until(lambda: RawMail.objects.exists())


def test_one_failing_mailbox_holds_up_no_other_and_a_new_password_is_tried_at_once(
    boxes: Boxes, ada: Agent, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "_FIRST_PAUSE_DELICATE", 600.0)
    bad = boxes.connect("bad@acme.example", secrets={"password": "wrong"})
    good = boxes.connect("good@acme.example")
    with fetching():
        until(lambda: looked(good.pk))
        until(lambda: queries.health(bad.pk).state == "failing")
        assert queries.health(good.pk).state == "working"
        actions.change(bad, actor=ada.actor, secrets={"password": "sesame"})
        until(lambda: queries.health(bad.pk).state == "working")


def test_two_fetchers_at_once_make_one_message_of_each_mail(boxes: Boxes, dovecot: Dovecot) -> None:
    mailbox = boxes.connect()
    fetch_once(mailbox)
    names = [f"m{number}" for number in range(60)]
    dovecot.append(USER, *mails(*names))
    fresh: list[int] = []

    def fetch() -> None:
        try:
            fresh.append(fetch_once(mailbox))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=fetch) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(fresh) == 60
    assert sorted(subjects()) == sorted(names)
    assert Message.objects.count() == RawMail.objects.count() == 60
    assert fetch_once(mailbox) == 0


def test_waiting_is_begun_anew_before_servers_end_it(
    boxes: Boxes, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "IDLE_SECONDS", 0.1)
    waits: list[Session] = []
    wait = Session.wait

    def counted(session: Session) -> None:
        waits.append(session)
        wait(session)

    monkeypatch.setattr(Session, "wait", counted)
    boxes.connect()
    with fetching():
        until(lambda: len(waits) > 5)
        dovecot.deliver(USER, *mails("a"))
        until(RawMail.objects.exists)
    assert len(set(waits)) == 1


def test_a_backlog_is_taken_in_turns_and_starves_nobody(
    boxes: Boxes, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "TURN_MAILS", 5)
    full, other = boxes.connect("full@acme.example"), boxes.connect("other@acme.example")
    for mailbox in (full, other):
        fetch_once(mailbox)
    dovecot.append("full@acme.example", *mails(*(f"f{number}" for number in range(60))))
    dovecot.append("other@acme.example", *mails("urgent"))
    with fetching(threads=1):
        until(lambda: RawMail.objects.count() == 61)
    order = list(RawMail.objects.order_by("pk").values_list("source", flat=True))
    assert order.index(f"mailbox:{other.pk}") < 20


def test_a_full_disk_or_a_lost_database_ends_nothing(
    boxes: Boxes, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = boxes.connect()
    errors: list[Exception] = [OperationalError("away"), OSError(28, "No space left on device")]
    keep = receiving.keep

    def failing(arrivals: Sequence[Arrival]) -> list[int]:
        if errors:
            raise errors.pop()
        return keep(arrivals)

    monkeypatch.setattr(line, "_DATABASE_PAUSE", 0.1)
    with fetching():
        until(lambda: looked(mailbox.pk))
        monkeypatch.setattr(receiving, "keep", failing)
        dovecot.deliver(USER, *mails("a"))
        until(RawMail.objects.exists)
        until(lambda: queries.health(mailbox.pk).state == "working")
    assert errors == []
