"""Rate limits: counted once for all processes, and in nobody's name."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from headway.foundation import clock, limits
from headway.foundation.errors import TooMany
from headway.foundation.models import RateWindow

MINUTE = timedelta(minutes=1)
NOON = datetime(2026, 11, 2, 12, 0, 40, tzinfo=UTC)


def test_the_last_one_passes_and_the_next_waits_for_the_window_to_end(db: None) -> None:
    with clock.frozen(NOON):
        assert [limits.hit("api", "token:1", most=3, per=MINUTE) for _ in range(3)] == [2, 1, 0]
        with pytest.raises(TooMany) as refusal:
            limits.hit("api", "token:1", most=3, per=MINUTE)
        assert refusal.value.details["retry_after"] == 20
        assert "20" in refusal.value.message
        assert limits.hit("api", "token:2", most=3, per=MINUTE) == 2
        assert limits.hit("sign-in", "token:1", most=3, per=MINUTE) == 2
    with clock.frozen(NOON + timedelta(seconds=20)):
        assert limits.hit("api", "token:1", most=3, per=MINUTE) == 2


@pytest.mark.parametrize("who", ["dana@example.com", "a\0b", "x" * 100_000, "\ud800", ""])
def test_whatever_a_stranger_calls_himself_is_counted_and_not_kept(db: None, who: str) -> None:
    limits.hit("sign-in", who, most=2, per=MINUTE)
    assert limits.hit("sign-in", who, most=2, per=MINUTE) == 0
    key = RateWindow.objects.get().key
    assert len(key) < 100
    assert "dana" not in key


def test_windows_that_have_passed_are_forgotten(db: None) -> None:
    with clock.frozen(NOON):
        limits.hit("api", "old", most=3, per=MINUTE)
    with clock.frozen(NOON + timedelta(minutes=5)):
        limits.hit("api", "new", most=3, per=MINUTE)
        limits.forget()
    assert RateWindow.objects.count() == 1


def test_of_many_at_once_exactly_as_many_pass_as_may(committed_db: str) -> None:
    passed: list[int] = []
    refused: list[TooMany] = []

    def try_often() -> None:
        with clock.frozen(NOON):
            for _ in range(20):
                try:
                    passed.append(limits.hit("api", "token:1", most=50, per=MINUTE))
                except TooMany as refusal:
                    refused.append(refusal)
        connections.close_all()

    threads = [threading.Thread(target=try_often) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(passed) == list(range(50))
    assert len(refused) == 70
