"""Active time: told again and again, counted once, never more than the clock runs, and journalled at the end."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.events.actor import Actor
from headway.events.models import Entry
from headway.foundation.errors import Forbidden, Invalid
from headway.people.models import Agent, Customer
from headway.tickets import tasks
from headway.tickets.actions import work as actions
from headway.tickets.actions.work import record_ended, work
from headway.tickets.models import Stretch
from headway.tickets.queries.work import active_ms
from headway.tickets.rules.work import MOST_AT_FIRST, counted
from headway.tickets.tests.desk import NOON, asks

Clock = Callable[[float], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the time to so many seconds after noon."""
    at: list[datetime] = [NOON]
    monkeypatch.setattr(actions, "now", lambda: at[0])

    def move(seconds: float) -> None:
        at[0] = NOON + timedelta(seconds=seconds)

    return move


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 10**6), st.integers(0, 10**5)), max_size=40))
def test_whatever_windows_tell_nobody_works_for_longer_than_the_clock_runs(told: list[tuple[int, int, int]]) -> None:
    visits: dict[int, int] = {}
    now, last = 0, None
    for visit, total, passed in told:
        now += passed
        before = visits.get(visit)
        visits[visit] = counted(total, before, None if last is None else now - last)
        assert visits[visit] >= (before or 0)
        # whoever tells the same at once adds nothing
        assert counted(total, visits[visit], 0) == visits[visit]
        last = now
    assert sum(visits.values()) <= now + MOST_AT_FIRST


def test_a_visit_grows_and_what_is_told_again_counts_once(clock: Clock, sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    for second, told in ((30, 30_000), (30, 30_000), (60, 55_000), (61, 30_000), (62, 55_000)):
        clock(second)
        work(ticket, "v1", told, actor=sam.actor)
    assert active_ms(sam, ticket) == 55_000
    clock(63)
    work(ticket, "v1", 10**7, actor=sam.actor)
    assert active_ms(sam, ticket) == 58_000, "three seconds after it was heard of last"


def test_two_windows_share_one_clock(clock: Clock, sam: Agent, mia: Agent, dana: Customer) -> None:
    one, other = asks(dana), asks(dana)
    clock(60)
    work(one, "v1", 60_000, actor=sam.actor)
    work(other, "v2", 60_000, actor=sam.actor)
    assert (active_ms(sam, one), active_ms(sam, other)) == (60_000, 0)
    work(other, "v2", 60_000, actor=mia.actor)
    assert active_ms(mia, other) == 60_000, "everybody has their own"
    clock(80)
    work(other, "v2", 20_000, actor=sam.actor)
    assert active_ms(sam, other) == 20_000


def test_what_has_ended_is_recorded_once(clock: Clock, sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    clock(30)
    work(ticket, "v1", 30_000, actor=sam.actor)
    clock(40)
    work(ticket, "glance", 400, actor=sam.actor)
    clock(100)
    tasks.record_work()
    assert not Entry.objects.filter(kind="ticket.worked").exists(), "it may still go on"
    clock(40 + 181)
    tasks.record_work()
    tasks.record_work()
    entry = Entry.objects.get(kind="ticket.worked")
    assert (entry.actor_kind, entry.actor_id, entry.ticket_id, entry.data) == (
        "agent", sam.pk, ticket.pk, {"active_ms": 30_000},
    )  # fmt: skip
    assert entry.at == NOON + timedelta(seconds=30)
    work(ticket, "v1", 90_000, actor=sam.actor)
    assert active_ms(sam, ticket) == 30_000, "told too late"
    assert Stretch.objects.count() == 1


def test_a_visit_stays_with_its_ticket(clock: Clock, sam: Agent, dana: Customer) -> None:
    one, other = asks(dana), asks(dana)
    clock(30)
    work(one, "v1", 30_000, actor=sam.actor)
    clock(60)
    work(other, "v1", 60_000, actor=sam.actor)
    assert (active_ms(sam, one), active_ms(sam, other)) == (30_000, 0)


def test_only_people_work_and_nobody_for_longer_than_a_day(sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    with pytest.raises(Forbidden):
        work(ticket, "v1", 1000, actor=Actor.system())
    for visit, told in (("v1", 10**9), ("v1", -1), ("", 1000), ("'; --", 1000)):
        with pytest.raises(Invalid):
            work(ticket, visit, told, actor=sam.actor)
    assert record_ended(actor=Actor.system()) == 0
