"""Events of many tickets followed at once, in the place of their jobs."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from django.db import connection, connections, transaction

from headway.events import followers, journal
from headway.events.actor import Actor
from headway.events.event import Event, Recorded
from headway.events.followers import Follower
from headway.events.models import Done
from headway.events.together import follow_tickets
from headway.events.vocabulary.tickets import SubjectChanged, TicketWoken

SYSTEM = Actor.system()
seen: list[str] = []


def each(recorded: Recorded[Event]) -> None:
    """Notes one event."""
    seen.append(f"{type(recorded.event).__name__} {recorded.event.ticket}")


def all_of(recorded: Sequence[Recorded[Event]]) -> None:
    """Notes many."""
    seen.append(f"together {sorted(one.event.ticket or 0 for one in recorded)}")


def failing(recorded: Recorded[Event]) -> None:
    """Fails for one ticket."""
    if recorded.event.ticket == 2:
        raise RuntimeError("not this one")


@pytest.fixture(autouse=True)
def _close() -> Iterator[None]:
    seen.clear()
    yield
    connections.close_all()


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Replaces the pipeline by the given followers of two kinds."""
    monkeypatch.setattr(followers, "_followers", {})

    def register(*functions: Any) -> None:
        followers.register((kind, one) for kind in (SubjectChanged, TicketWoken) for one in functions)

    return register


def happen(*events: Event) -> None:
    with transaction.atomic():
        for event in events:
            journal.record(event, actor=SYSTEM)


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
        return int(cursor.fetchone()[0])


def test_the_jobs_are_done_with_and_each_ticket_keeps_its_order(
    committed_db: str, pipeline: Callable[..., None], run_jobs: Callable[[], None]
) -> None:
    pipeline(each, Follower(failing, together=all_of))
    happen(SubjectChanged(ticket_id=1), SubjectChanged(ticket_id=2), TicketWoken(ticket_id=1, by="time"))
    assert follow_tickets({1, 2}) == 3
    assert seen == ["SubjectChanged 1", "SubjectChanged 2", "together [1, 2]", "TicketWoken 1", "together [1]"]
    assert (waiting(), Done.objects.count()) == (0, 6)
    run_jobs()
    assert len(seen) == 5


def test_where_one_fails_everything_is_left_to_the_jobs(
    committed_db: str, pipeline: Callable[..., None], run_jobs: Callable[[], None]
) -> None:
    pipeline(each, failing)
    happen(SubjectChanged(ticket_id=1), SubjectChanged(ticket_id=2))
    with pytest.raises(RuntimeError):
        follow_tickets({1, 2})
    assert (waiting(), Done.objects.count()) == (2, 0)
    run_jobs()
    assert Done.objects.filter(follower__endswith="failing").count() == 1


def test_a_ticket_whose_followers_are_at_work_is_left_to_them(committed_db: str, pipeline: Callable[..., None]) -> None:
    pipeline(each)
    happen(SubjectChanged(ticket_id=1), SubjectChanged(ticket_id=1), SubjectChanged(ticket_id=2))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing' WHERE id = (SELECT min(id) FROM procrastinate_jobs)"
        )
    assert follow_tickets({1, 2}) == 1
    assert seen == ["SubjectChanged 2"]
    assert follow_tickets({1, 2}) == 0


def test_nothing_waits(committed_db: str) -> None:
    assert follow_tickets(set()) == 0
    assert follow_tickets({1}) == 0
