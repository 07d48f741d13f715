"""Rate limits, counted in the database so that every process sees the same count."""

from datetime import UTC, datetime, timedelta

from django.db import connection

from headway.foundation.clock import now
from headway.foundation.errors import TooMany

_HIT = """
INSERT INTO foundation_ratewindow (key, expires_at, hits) VALUES (%s, %s, 1)
ON CONFLICT (key) DO UPDATE SET hits = foundation_ratewindow.hits + 1
RETURNING hits
"""


def hit(name: str, who: str, *, most: int, per: timedelta) -> int:
    """Counts one attempt of `who` and returns what is left in this window (fixed windows of length `per`).

    Raises TooMany with `retry_after` in whole seconds when more than `most` fell into the window.
    """
    seconds = int(per.total_seconds())
    at = int(now().timestamp())
    start = at - at % seconds
    ends = datetime.fromtimestamp(start + seconds, tz=UTC)
    with connection.cursor() as cursor:
        cursor.execute(_HIT, [f"{name}:{start}:{who}"[:200], ends])
        hits = int(cursor.fetchone()[0])
    if hits > most:
        wait = start + seconds - at
        raise TooMany(f"Too many requests. Wait {wait} seconds, then go on.", retry_after=wait)
    return most - hits


def forget() -> None:
    """Deletes the windows that have passed."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM foundation_ratewindow WHERE expires_at < %s", [now()])
