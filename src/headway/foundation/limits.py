"""Rate limits, counted in the database so that every process sees the same count."""

import hashlib
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils.translation import ngettext

from headway.foundation import keys
from headway.foundation.clock import now
from headway.foundation.errors import TooMany
from headway.foundation.rows import fetch_sql

_HIT = """
INSERT INTO foundation_ratewindow (key, expires_at, hits) VALUES (%s, %s, 1)
ON CONFLICT (key) DO UPDATE SET hits = foundation_ratewindow.hits + 1
RETURNING hits
"""


def hit(name: str, who: str, *, most: int, per: timedelta) -> int:
    """Counts one attempt of `who` and returns what is left in this window (fixed windows of length `per`).

    `who` may be anything a stranger sent: it is kept as a keyed hash. Raises TooMany with `retry_after` in whole
    seconds when more than `most` fell into the window. Call it outside a transaction that may be rolled back.
    """
    seconds = max(int(per.total_seconds()), 1)
    at = int(now().timestamp())
    start = at - at % seconds
    ends = datetime.fromtimestamp(start + seconds, tz=UTC)
    hits = int(fetch_sql(_HIT, [f"{name}:{start}:{_hashed(who)}", ends])[0][0])
    if hits > most:
        wait = start + seconds - at
        told = ngettext(
            "Too many requests. Wait %(n)d second, then go on.",
            "Too many requests. Wait %(n)d seconds, then go on.",
            wait,
        )
        raise TooMany(told % {"n": wait}, retry_after=wait)
    return most - hits


def forget() -> None:
    """Deletes the windows that have passed."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM foundation_ratewindow WHERE expires_at < %s", [now()])


def _hashed(who: str) -> str:
    """Short, of any text, and no address or name in the table."""
    return hashlib.blake2b(who.encode(errors="surrogatepass"), key=keys.derive("limits"), digest_size=16).hexdigest()
