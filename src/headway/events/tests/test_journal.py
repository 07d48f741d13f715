"""The journal: append-only, in its transaction, followers once and in order, readers that miss nothing."""

import threading
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError

from headway.events import erasure, followers, journal, queries, reader
from headway.events.actor import Actor
from headway.events.event import Recorded
from headway.events.models import Done, Entry
from headway.events.vocabulary.tickets import SubjectChanged, TicketSolved

SYSTEM = Actor.system()
seen: list[str] = []


def first(entry: Recorded[Any]) -> None:
    seen.append(f"first {entry.event.ticket}")


def second(entry: Recorded[Any]) -> None:
    seen.append(f"second {entry.event.ticket}")


def stumbling(entry: Recorded[Any]) -> None:
    seen.append("stumbled")
    if seen.count("stumbled") == 1:
        raise RuntimeError("once")


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Replaces the pipeline by the given followers of SubjectChanged."""
    monkeypatch.setattr(followers, "_followers", {})
    seen.clear()
    return lambda *functions: followers.register((SubjectChanged, function) for function in functions)


def test_recording_needs_a_transaction(committed_db: str) -> None:
    with pytest.raises(TransactionManagementError):
        journal.record(SubjectChanged(ticket_id=1), actor=SYSTEM)


def test_an_entry_comes_back_as_the_event_it_was(db: None) -> None:
    event = TicketSolved(ticket_id=7, status_id=3, reason="rule")
    entry_id = journal.record(event, actor=Actor.agent(5, "agent"))
    recorded = queries.recorded(Entry.objects.get(pk=entry_id))
    assert recorded.event == event
    assert (recorded.actor.kind, recorded.actor.id) == ("agent", 5)


@pytest.mark.parametrize(
    "statement", ["UPDATE events_entry SET kind = 'x'", "DELETE FROM events_entry", "TRUNCATE events_entry"]
)
def test_the_database_refuses_to_change_the_past(db: None, statement: str) -> None:
    journal.record(SubjectChanged(ticket_id=1), actor=SYSTEM)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_erasure_is_the_only_door_and_leaves_a_trace(db: None) -> None:
    journal.record(SubjectChanged(ticket_id=1), actor=SYSTEM)
    journal.record(SubjectChanged(ticket_id=2), actor=SYSTEM)
    assert erasure.erase_tickets([1], actor=SYSTEM, reason="privacy") == 1
    assert [entry.ticket_id for entry in Entry.objects.filter(kind="ticket.subject_changed")] == [2]
    assert Entry.objects.get(kind="journal.erased").data == {"entries": 1, "reason": "privacy"}
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.all().delete()


def test_an_imported_event_is_written_once(db: None) -> None:
    ids = [journal.record(SubjectChanged(ticket_id=1), actor=SYSTEM, source_key="old:1", silent=True) for _ in range(2)]
    assert ids[0] > 0
    assert ids[1] == 0
    assert Entry.objects.count() == 1


def test_followers_run_once_and_in_order(
    only: Callable[..., None], committed_db: str, run_jobs: Callable[[], None]
) -> None:
    only(first, second)
    with transaction.atomic():
        for ticket in (1, 2):
            journal.record(SubjectChanged(ticket_id=ticket), actor=SYSTEM)
    run_jobs()
    assert seen == ["first 1", "second 1", "first 2", "second 2"]
    from headway.events.tasks import follow

    for entry in Entry.objects.all():
        follow(event_id=entry.id)
    assert len(seen) == 4
    assert Done.objects.count() == 4


def test_a_rolled_back_event_has_no_followers(
    only: Callable[..., None], committed_db: str, run_jobs: Callable[[], None]
) -> None:
    only(first)

    def fails() -> None:
        with transaction.atomic():
            journal.record(SubjectChanged(ticket_id=1), actor=SYSTEM)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    run_jobs()
    assert seen == []


def test_a_follower_that_fails_is_tried_again_and_the_others_are_not(only: Callable[..., None], db: None) -> None:
    from headway.events.tasks import follow

    only(first, stumbling, second)
    entry_id = journal.record(SubjectChanged(ticket_id=1), actor=SYSTEM)
    with pytest.raises(RuntimeError):
        follow(event_id=entry_id)
    follow(event_id=entry_id)
    assert seen == ["first 1", "stumbled", "stumbled", "second 1"]


def test_silent_history_has_no_followers(
    only: Callable[..., None], committed_db: str, run_jobs: Callable[[], None]
) -> None:
    only(first)
    with transaction.atomic():
        journal.record(SubjectChanged(ticket_id=1), actor=SYSTEM, silent=True)
    run_jobs()
    assert seen == []


def test_a_reader_misses_nothing_that_commits_late(committed_db: str) -> None:
    """Eight writers commit in no order; a reader that goes by (tx, id) sees every row once."""
    writers, rows = 8, 40
    insert = (
        "INSERT INTO events_entry (at, kind, version, subject_kind, subject_id, actor_kind, data) "
        "VALUES (now(), 'ticket.subject_changed', 1, 'ticket', %s, 'system', '{}')"
    )

    def write(number: int) -> None:
        with psycopg.connect(committed_db) as own:
            for row in range(rows):
                with own.transaction():
                    own.execute(insert, [number * 1000 + row])
                    own.execute("SELECT pg_sleep(random() * 0.004)")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    read: list[int] = []
    while any(thread.is_alive() for thread in threads):
        read.extend(entry.subject_id for entry in reader.take("test"))
    read.extend(entry.subject_id for entry in reader.take("test"))
    assert sorted(read) == sorted(number * 1000 + row for number in range(writers) for row in range(rows))


def test_a_journal_from_another_cluster_is_noticed_and_read_on(committed_db: str) -> None:
    with transaction.atomic():
        journal.record(SubjectChanged(ticket_id=1), actor=SYSTEM)
    assert not erasure.foreign_transactions()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL headway.erasing = 'on'")
        cursor.execute("UPDATE events_entry SET tx = '99999999999'::xid8")
    assert erasure.foreign_transactions()
    erasure.reset_transactions()
    assert not erasure.foreign_transactions()
    reader.take("test")
    with transaction.atomic():
        journal.record(SubjectChanged(ticket_id=2), actor=SYSTEM)
    assert [entry.ticket_id for entry in reader.take("test")] == [2]
