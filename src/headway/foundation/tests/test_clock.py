"""The clock: aware, in UTC, frozen for one thread of work only."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest

from headway.foundation import clock

NOON = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)


def test_it_is_aware_and_in_utc() -> None:
    assert clock.now().tzinfo is UTC


def test_inside_the_block_it_stands_still_and_afterwards_it_goes_on() -> None:
    with clock.frozen(NOON):
        assert clock.now() == NOON
        with clock.frozen(NOON + timedelta(hours=1)):
            assert clock.now() == NOON + timedelta(hours=1)
        assert clock.now() == NOON
    assert clock.now() != NOON


def test_another_zone_is_brought_to_utc() -> None:
    with clock.frozen(NOON.astimezone(timezone(timedelta(hours=9)))):
        assert clock.now() == NOON
        assert clock.now().tzinfo is UTC


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"), clock.frozen(NOON.replace(tzinfo=None)):
        pass


def test_other_threads_have_the_real_time() -> None:
    seen: list[datetime] = []
    with clock.frozen(NOON):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen != [NOON]
