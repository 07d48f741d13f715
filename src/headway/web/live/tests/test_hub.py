"""The hub alone: who is told what, and what becomes of a reader that does not keep up."""

import asyncio

from pytest_django import DjangoAssertNumQueries

from headway.people.models import Agent, Customer
from headway.tickets.rules.visibility import Facts, Scope
from headway.tickets.tests.desk import asks
from headway.web.live.feed import Feed
from headway.web.live.hub import NOTIFIED, Change, Hub
from headway.web.live.listeners import MOST_WAITING, Admission, Listener

EVERYTHING = Scope(1, True, "all")
NOTHING = Scope(2, False, "all")
TEAM_7 = Scope(3, True, "teams", frozenset({7}))


def change(number: int = 1, now: Facts | None = None, before: Facts | None = None, *, entry: int = 1) -> Change:
    now = now or Facts(7, None, None)
    return Change(entry, number, "ticket.solved", "agent", 5, now, before or now)


def joined(hub: Hub, scope: Scope) -> Listener:
    listener = hub.join(Admission(f"session-{len(hub)}", scope.agent_id, "hash", scope))
    assert listener is not None
    return listener


def test_a_chunk_holds_what_one_may_know() -> None:
    hub = Hub()
    everything, nothing, team = (joined(hub, scope) for scope in (EVERYTHING, NOTHING, TEAM_7))
    hub.tell([change(1), change(2, Facts(8, None, None)), change(3, Facts(8, None, None), Facts(7, None, None))])
    assert [sum(chunk.count(b"event: ") for chunk in one.waiting) for one in (everything, nothing, team)] == [3, 0, 2]


def test_the_same_news_is_told_once() -> None:
    hub = Hub()
    listener = joined(hub, EVERYTHING)
    hub.tell([change(entry=1), change(entry=2)])
    assert [chunk.count(b"event: ") for chunk in listener.waiting] == [1]
    assert b'"entry":2' in listener.waiting[0]


def test_some_news_is_for_some_people_and_some_tickets() -> None:
    hub = Hub()
    everything, nothing, team = (joined(hub, scope) for scope in (EVERYTHING, NOTHING, TEAM_7))
    hub.tell_people([team.admission.agent_id, 99], NOTIFIED)
    assert [list(one.waiting) for one in (everything, nothing, team)] == [[], [], [NOTIFIED]]
    team.waiting.clear()
    hub.tell_presence({1: Facts(7, None, None), 2: Facts(8, None, None)})
    assert [list(one.waiting) for one in (everything, nothing, team)] == [
        [b'event: presence\ndata: {"ids":[1,2]}\n\n'], [], [b'event: presence\ndata: {"ids":[1]}\n\n'],
    ]  # fmt: skip


def test_who_does_not_keep_up_is_let_go_and_the_others_are_not() -> None:
    hub = Hub()
    slow, quick = joined(hub, EVERYTHING), joined(hub, EVERYTHING)
    for number in range(MOST_WAITING + 1):
        hub.tell([change(number)])
        quick.waiting.clear()
    assert slow.gone.is_set()
    assert not slow.waiting
    assert not quick.gone.is_set()
    assert hub.everybody() == [quick]


def test_what_waits_is_taken_at_once() -> None:
    async def take() -> bytes:
        hub = Hub()
        listener = joined(hub, EVERYTHING)
        hub.beat()
        hub.beat()
        return await listener.take()

    assert asyncio.run(take()) == b": \n\n: \n\n"


def test_leaving_twice_counts_once() -> None:
    hub = Hub()
    listener = joined(hub, EVERYTHING)
    joined(hub, EVERYTHING)
    hub.leave(listener)
    hub.leave(listener)
    assert len(hub) == 1


def test_reading_costs_the_same_for_any_number_of_tickets(
    dana: Customer, sam: Agent, committed_db: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    feed = Feed()
    numbers = {asks(dana).pk for _number in range(5)}
    with django_assert_num_queries(3):  # entries; facts of their tickets; whether there are more
        news = feed.read()
    assert {one.ticket_id for one in news.changes} == numbers
    assert not news.more
    assert feed.read().changes == []
    assert not feed.is_beyond()
    feed.tx += 1_000_000
    assert feed.is_beyond()
