"""Followers after the ordinary day: what was erased, what is forgotten, what goes beyond the database."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction

from headway.events import done, erasure, followers, journal
from headway.events.actor import Actor
from headway.events.event import Event, Recorded
from headway.events.followers import Follower
from headway.events.models import Done, Entry
from headway.events.tasks import follow, follow_apart, forget_done
from headway.events.vocabulary.tickets import SubjectChanged, TicketWoken
from headway.foundation import clock
from headway.foundation.jobs import letters

SYSTEM = Actor.system()
seen: list[str] = []


def inside(recorded: Recorded[Event]) -> None:
    """Acts in the database."""
    seen.append(f"inside {recorded.event.ticket}")


def outside(recorded: Recorded[Event]) -> None:
    """Acts beyond it, and fails at first."""
    assert not connection.in_atomic_block
    seen.append(f"outside {recorded.event.ticket}")
    if seen.count(f"outside {recorded.event.ticket}") == 1:
        raise RuntimeError("the other side is away")


def causing(recorded: Recorded[Event]) -> None:
    """Records an event of its own."""
    if recorded.cause_id is None:
        journal.record(SubjectChanged(ticket_id=9), actor=Actor.automation(3))


@pytest.fixture(autouse=True)
def _close() -> Iterator[None]:
    seen.clear()
    yield
    connections.close_all()


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Replaces the pipeline by the given followers of SubjectChanged."""
    monkeypatch.setattr(followers, "_followers", {})
    return lambda *functions: followers.register((SubjectChanged, function) for function in functions)


def _happens(*tickets: int) -> list[int]:
    with transaction.atomic():
        return [journal.record(SubjectChanged(ticket_id=ticket), actor=SYSTEM) for ticket in tickets]


def _later() -> None:
    """The waits before the next attempts are over."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")


def test_one_that_reaches_outside_is_asked_once_and_tried_until_it_succeeds(
    only: Callable[..., None], committed_db: str, run_jobs: Callable[[], None]
) -> None:
    only(Follower(outside, apart=True), inside)
    [event_id] = _happens(1)
    run_jobs()
    assert sorted(seen) == ["inside 1", "outside 1"]
    follow(event_id=event_id)
    _later()
    run_jobs()
    assert sorted(seen) == ["inside 1", "outside 1", "outside 1"]
    assert letters.count() == 0


def test_what_was_erased_before_its_followers_ran_is_not_acted_on(
    only: Callable[..., None], committed_db: str, run_jobs: Callable[[], None]
) -> None:
    only(inside, Follower(outside, apart=True))
    _happens(1, 2)
    erasure.erase_tickets([1], actor=SYSTEM, reason="privacy")
    run_jobs()
    assert sorted(seen) == ["inside 2", "outside 2"]
    erasure.erase_tickets([2], actor=SYSTEM, reason="privacy")
    _later()
    run_jobs()
    assert sorted(seen) == ["inside 2", "outside 2"]
    assert letters.count() == 0


def test_what_a_follower_records_names_its_cause(
    only: Callable[..., None], committed_db: str, run_jobs: Callable[[], None]
) -> None:
    only(causing)
    [event_id] = _happens(1)
    run_jobs()
    caused = Entry.objects.get(ticket_id=9)
    assert (caused.cause_id, caused.actor_kind, caused.actor_id) == (event_id, "automation", 3)


def test_many_events_ask_for_their_followers_once_each(
    only: Callable[..., None], committed_db: str, run_jobs: Callable[[], None]
) -> None:
    only(inside)
    unfollowed = [journal.Draft(event=TicketWoken(ticket_id=1, by="time"), actor=SYSTEM)] * 1001
    followed = [journal.Draft(event=SubjectChanged(ticket_id=ticket), actor=SYSTEM) for ticket in (3, 1, 2)]
    with transaction.atomic():
        ids = journal.record_many([*followed[:1], *unfollowed, *followed[1:]])
    assert ids == sorted(set(ids))
    assert len(ids) == 1004
    run_jobs()
    assert seen == ["inside 3", "inside 1", "inside 2"]


def test_what_followers_had_is_forgotten_when_no_job_can_ask_any_more(
    only: Callable[..., None], committed_db: str, run_jobs: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(done, "_BATCH", 2)
    only(inside, Follower(outside, apart=True))
    ids = _happens(1, 2, 3, 4, 5)
    run_jobs()
    erasure.erase_tickets([2], actor=SYSTEM, reason="privacy")
    asking = [follow_apart.name, follow.name]
    assert done.forget(asking) == 0  # the outside half waits for its next attempt, and all is young
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE args ->> 'event_id' <> %s", [str(ids[2])])
    assert done.forget(asking) == 2  # the erased event's
    with clock.frozen(clock.now() + timedelta(days=8)):
        forget_done()
    assert set(Done.objects.values_list("event_id", flat=True)) == {ids[2]}  # a job may still ask for it


def test_a_young_event_stops_the_search(
    only: Callable[..., None],
    committed_db: str,
    run_jobs: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: Any,
) -> None:
    monkeypatch.setattr(done, "_BATCH", 2)
    only(inside)
    _happens(*range(1, 9))
    run_jobs()
    with django_assert_num_queries(1):  # the oldest batch is young: no second
        done.forget([follow.name])


def test_recording_costs_one_round_trip(only: Callable[..., None], db: None, django_assert_num_queries: Any) -> None:
    only(inside)
    with django_assert_num_queries(1):  # the row, the job and the notification
        journal.record(SubjectChanged(ticket_id=1), actor=SYSTEM)
