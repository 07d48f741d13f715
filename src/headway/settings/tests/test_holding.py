"""Holding a workspace, and releasing it: what rested goes on, in its order, and once."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from headway.events import followers, journal
from headway.events.actor import Actor
from headway.events.event import Event, Recorded
from headway.events.followers import Follower
from headway.events.models import Entry
from headway.events.vocabulary.tickets import SubjectChanged
from headway.foundation.errors import Conflict
from headway.foundation.jobs import letters, resting
from headway.people.models import Agent
from headway.settings import actions, queries

SYSTEM = Actor.system()
told: list[int | None] = []


def tell(recorded: Recorded[Event]) -> None:
    """Tells somebody outside."""
    told.append(recorded.event.ticket)


@pytest.fixture
def telling(monkeypatch: pytest.MonkeyPatch) -> None:
    """The only follower tells somebody outside of SubjectChanged."""
    monkeypatch.setattr(followers, "_followers", {})
    followers.register([(SubjectChanged, Follower(tell, apart=True))])
    told.clear()


def _happens(*tickets: int) -> None:
    for ticket in tickets:
        with transaction.atomic():
            journal.record(SubjectChanged(ticket_id=ticket), actor=SYSTEM)


def test_holding_twice_keeps_the_first_reason(ada: Agent) -> None:
    assert not queries.is_held()
    actions.hold("restored", actor=SYSTEM)
    actions.hold("moved", actor=SYSTEM)
    hold = queries.hold()
    assert hold is not None
    assert hold.reason == "restored"
    actions.release(actor=ada.actor)
    assert queries.hold() is None
    with pytest.raises(Conflict):
        actions.release(actor=ada.actor)
    kinds = Entry.objects.order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["workspace.held", "workspace.released"]


def test_what_reaches_outside_rests_until_the_release(
    telling: None, committed_db: str, ada: Agent, run_jobs: Callable[[], None]
) -> None:
    actions.hold("restored", actor=SYSTEM)
    _happens(1, 2, 1)
    for _ in range(3):
        run_jobs()
    assert told == []
    assert resting.resting() == {"events.follow_apart": 2}  # the second of ticket 1 waits behind the first
    assert letters.count() == 0
    actions.release(actor=ada.actor)
    run_jobs()
    assert told == [1, 2, 1]
    assert resting.resting() == {}


def test_a_rest_costs_no_attempt(telling: None, committed_db: str, ada: Agent, run_jobs: Callable[[], None]) -> None:
    for _ in range(3):
        actions.hold("again", actor=SYSTEM)
        _happens(1)
        run_jobs()
        actions.release(actor=ada.actor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT attempts FROM procrastinate_jobs")
        assert cursor.fetchall() == [(0,)] * 3
    run_jobs()
    assert told == [1, 1, 1]


def test_what_goes_to_rest_in_the_moment_of_the_release_is_woken_too(
    telling: None, committed_db: str, ada: Agent, run_jobs: Callable[[], None]
) -> None:
    actions.hold("restored", actor=SYSTEM)
    _happens(1)
    run_jobs()
    assert resting.wake_if_released() == 0
    # released by a process that did not see the job, for it was just about to rest
    from headway.settings.models import Workspace

    Workspace.objects.update(held_since=None)
    assert resting.wake_if_released() == 1
    run_jobs()
    assert told == [1]


def test_what_another_installation_has_done_already_can_be_dropped(
    telling: None, committed_db: str, ada: Agent, run_jobs: Callable[[], None]
) -> None:
    actions.hold("restored", actor=SYSTEM)
    _happens(1)
    run_jobs()
    assert resting.discard("events.follow_apart") == 1
    actions.release(actor=ada.actor)
    run_jobs()
    assert told == []
