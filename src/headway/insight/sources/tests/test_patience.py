"""How long to wait, by what servers say."""

from datetime import UTC, datetime

import pytest

from headway.foundation.clock import frozen
from headway.insight.sources import patience

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "93"}, 93),
        ({"retry-after": "Mon, 02 Mar 2026 12:01:00 GMT"}, 60),
        ({"retry-after": "Mon, 02 Mar 2026 11:00:00 GMT"}, 0),
        ({"retry-after": "soon"}, 8),
        ({"x-ratelimit-reset": str(int(NOON.timestamp()) + 7)}, 7),
        ({"x-ratelimit-retry-after": "12"}, 12),
        ({"retry-after": "999999"}, 3600),
        ({}, 8),
    ],
)
def test_what_a_busy_server_says(headers: dict[str, str], seconds: float) -> None:
    with frozen(NOON):
        assert patience.told(3, headers) == seconds


def test_patience_ends() -> None:
    assert patience.told(patience.TRIES - 1, {"retry-after": "1"}) is None
    waits = [patience.failed(attempt) for attempt in range(patience.TRIES)]
    assert waits == [1, 2, 4, 8, 16, *[None] * 7]


def test_the_last_request_allowed_is_waited_behind() -> None:
    assert patience.spent({"x-ratelimit-remaining": "0", "ratelimit-reset": "30"}) == 30
    assert patience.spent({"x-ratelimit-remaining": "1", "ratelimit-reset": "30"}) == 0
    assert patience.spent({}) == 0
