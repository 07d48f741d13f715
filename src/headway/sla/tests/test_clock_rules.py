from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.sla.rules import hours
from headway.sla.rules.calendars import Calendar, always_open
from headway.sla.rules.clocks import (
    Absorbed,
    Clock,
    Fact,
    Governed,
    MergedAway,
    Moved,
    Parted,
    Prioritised,
    Replied,
    Wrote,
    advance,
    replay,
)
from headway.sla.rules.targets import Policy, Target, default_policy
from headway.sla.tests.reference import StopWatch
from headway.sla.tests.strategies import histories

OFFICE = Calendar("Europe/Berlin", hours.week("mon-fri 09:00-12:00 13:00-17:00"))
POLICY = default_policy(OFFICE)
GENTLE = Policy({(None, None): Target(timedelta(hours=6), timedelta(hours=12), OFFICE)})
NIGHT_AND_DAY = default_policy(always_open())


def on(day: int, clock: str) -> datetime:
    """A moment of June 2025 in Berlin; the 2nd is a Monday."""
    return datetime.fromisoformat(f"2025-06-{day:02}T{clock}+02:00")


def opened(day: int, clock: str, channel: str = "email", policy: Policy = POLICY) -> list[Fact]:
    return [Governed(on(day, clock), policy), Wrote(on(day, clock), channel)]


@settings(deadline=None)
@given(histories())
def test_a_clock_agrees_with_one_that_ticks_each_minute(history: list[Fact]) -> None:
    clock = replay(history)
    watch = StopWatch()
    until = history[-1].at + timedelta(days=9)
    reached = watch.run(history, until)
    assert (clock.promise.kind if clock.promise else None) == watch.owed
    assert clock.due == reached or (reached is None and clock.due is not None and clock.due > until)
    kept = [(kind, due is None or at <= due) for kind, due, at in watch.ended]
    assert [(outcome.kind, outcome.kept) for outcome in clock.outcomes] == kept


@settings(deadline=None, max_examples=60)
@given(histories(), st.randoms(use_true_random=False))
def test_looking_in_between_changes_nothing(history: list[Fact], chance: Random) -> None:
    """Facts that say nothing new, put anywhere, leave every deadline where it is."""
    clock = Clock()
    for fact in history:
        clock = advance(clock, fact)
    crowded: list[Fact] = []
    so_far = Clock()
    for fact, following in zip(history, [*history[1:], None], strict=True):
        crowded.append(fact)
        so_far = advance(so_far, fact)
        gap = following.at - fact.at if following else timedelta(hours=5)
        for at in sorted(fact.at + gap * chance.random() for _ in range(2)):
            if at < fact.at + gap and so_far.policy:
                crowded += [
                    Governed(at, so_far.policy),
                    Prioritised(at, so_far.priority),
                    Moved(at, so_far.category),
                ]
    assert replay(crowded).due == clock.due
    assert replay(crowded).outcomes == clock.outcomes


@settings(deadline=None, max_examples=40)
@given(histories(), histories(), st.integers(0, 600))
def test_merging_never_gives_the_customer_a_later_answer(ours: list[Fact], theirs: list[Fact], wait: int) -> None:
    at = max(ours[-1].at, theirs[-1].at) + timedelta(minutes=wait)
    alone, together = replay(ours), replay([*ours, Absorbed(at, tuple(theirs))])
    if alone.due is not None:
        assert together.due is not None
        assert together.due <= alone.due
    assert replay([*theirs, MergedAway(at)]).due is None


@pytest.mark.parametrize(
    ("history", "due"),
    [
        pytest.param(opened(2, "10:00"), on(2, "15:00"), id="four hours over lunch"),
        pytest.param(opened(2, "10:00", "chat"), on(2, "10:03"), id="chat in minutes"),
        pytest.param(opened(2, "10:00", "phone"), on(2, "10:01"), id="phone at once"),
        pytest.param(opened(6, "16:00"), on(9, "12:00"), id="over the weekend"),
        pytest.param(opened(6, "16:00", policy=NIGHT_AND_DAY), on(6, "20:00"), id="round the clock"),
        pytest.param(
            [*opened(2, "10:00"), Wrote(on(2, "11:00"), "email")],
            on(2, "15:00"),
            id="a second message waits as the first",
        ),
        pytest.param([*opened(2, "10:00"), Replied(on(2, "11:00"))], None, id="answered"),
        pytest.param(
            [*opened(2, "10:00"), Replied(on(2, "11:00")), Wrote(on(2, "14:00"), "email")],
            on(3, "15:00"),
            id="next response has a target of its own",
        ),
        pytest.param([*opened(2, "10:00"), Moved(on(2, "11:00"), "hold")], None, id="on hold"),
        pytest.param(
            [*opened(2, "10:00"), Moved(on(2, "11:00"), "hold"), Moved(on(3, "11:00"), "open")],
            on(3, "15:00"),
            id="resumed with three hours left",
        ),
        pytest.param(
            [
                *opened(2, "10:00"),
                Moved(on(2, "11:00"), "hold"),
                Governed(on(2, "13:00"), GENTLE),
                Moved(on(3, "09:00"), "open"),
            ],
            on(3, "15:00"),
            id="the pause survives a change of policy",
        ),
        pytest.param(
            [*opened(2, "10:00"), Governed(on(2, "14:00"), GENTLE)],
            on(2, "17:00"),
            id="gentler policy, time used counts",
        ),
        pytest.param(
            [*opened(2, "10:00"), Governed(on(2, "16:00"), GENTLE)], on(2, "15:00"), id="a breach is not unmade"
        ),
        pytest.param([*opened(2, "10:00"), Moved(on(2, "16:00"), "hold")], on(2, "15:00"), id="nor by pausing"),
        pytest.param(
            [*opened(2, "09:00"), Prioritised(on(2, "10:30"), "urgent")],
            on(2, "10:30"),
            id="urgent too late: due at once",
        ),
        pytest.param([*opened(2, "09:00"), Prioritised(on(2, "09:20"), "urgent")], on(2, "10:00"), id="urgent in time"),
        pytest.param(
            [*opened(2, "09:00"), Prioritised(on(2, "12:30"), "urgent")], on(2, "13:00"), id="due at the next opening"
        ),
        pytest.param(
            [
                *opened(2, "10:00"),
                Replied(on(2, "11:00")),
                Moved(on(2, "11:00"), "solved"),
                Wrote(on(12, "09:00"), "email"),
                Moved(on(12, "09:00"), "open"),
            ],
            on(13, "10:00"),
            id="reopened: a fresh clock, nothing of the days between",
        ),
        pytest.param(
            [*opened(2, "10:00"), Moved(on(2, "11:00"), "solved"), Wrote(on(2, "14:00"), "email")],
            None,
            id="thanks after solving",
        ),
        pytest.param(
            [*opened(2, "10:00"), Moved(on(2, "11:00"), "solved"), Moved(on(3, "11:00"), "open")],
            None,
            id="reopened by an agent: nobody waits",
        ),
        pytest.param(
            [*opened(2, "10:00"), MergedAway(on(2, "11:00")), Wrote(on(2, "12:00"), "email")], None, id="merged away"
        ),
        pytest.param(
            [*opened(3, "10:00"), Absorbed(on(3, "11:00"), tuple(opened(2, "16:00")))],
            on(3, "12:00"),
            id="merged in, waiting longer",
        ),
        pytest.param(
            [Governed(on(3, "10:00"), POLICY), Wrote(on(3, "10:00"), "email", 7), Parted(on(3, "11:00"), (7,))],
            None,
            id="the only question was split off",
        ),
        pytest.param(
            [
                Governed(on(3, "10:00"), POLICY),
                Wrote(on(3, "10:00"), "email", 7),
                Wrote(on(3, "10:30"), "email", 8),
                Parted(on(3, "11:00"), (8,)),
            ],
            on(3, "15:00"),
            id="a second question was split off",
        ),
        pytest.param([Governed(on(2, "10:00"), POLICY), Moved(on(2, "10:00"), "open")], None, id="nobody wrote"),
        pytest.param([Wrote(on(2, "10:00"), "email")], None, id="no policy"),
    ],
)
def test_named_cases(history: list[Fact], due: datetime | None) -> None:
    assert replay(history).due == due


def test_an_outcome_says_whether_the_promise_was_kept() -> None:
    history = [*opened(2, "10:00"), Replied(on(2, "15:00")), Wrote(on(2, "16:00"), "email"), Replied(on(4, "16:00"))]
    assert [(outcome.kind, outcome.kept) for outcome in replay(history).outcomes] == [("first", True), ("next", False)]


def test_a_paused_clock_says_what_is_left() -> None:
    clock = replay([*opened(2, "10:00"), Moved(on(2, "11:00"), "waiting")])
    assert clock.paused
    assert clock.promise is not None
    assert clock.promise.left == timedelta(hours=3)


def test_a_clock_does_not_run_backwards() -> None:
    clock = replay(opened(2, "10:00"))
    with pytest.raises(ValueError, match="forward"):
        advance(clock, Replied(on(2, "09:00")))
