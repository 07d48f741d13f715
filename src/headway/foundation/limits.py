"""Rate limits, counted in the database so that every process sees the same count."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils.translation import ngettext

from headway.foundation import keys
from headway.foundation.clock import now
from headway.foundation.errors import TooMany
from headway.foundation.rows import fetch_sql

# for rows of a window's key, its end and 1
COUNT = """
INSERT INTO foundation_ratewindow (key, expires_at, hits) {source}
ON CONFLICT (key) DO UPDATE SET hits = foundation_ratewindow.hits + 1
RETURNING hits
"""
_HIT = COUNT.format(source="VALUES (%s, %s, 1)")


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time in which somebody's attempts are counted under one key."""

    key: str
    ends: datetime

    def left(self, hits: int, *, most: int) -> int:
        """What is left after so many. Raises TooMany with `retry_after` in whole seconds when it is less than none."""
        if hits > most:
            wait = int(self.ends.timestamp()) - int(now().timestamp())
            told = ngettext(
                "Too many requests. Wait %(n)d second, then go on.",
                "Too many requests. Wait %(n)d seconds, then go on.",
                wait,
            )
            raise TooMany(told % {"n": wait}, retry_after=wait)
        return most - hits


def hit(name: str, who: str, *, most: int, per: timedelta) -> int:
    """Counts one attempt of `who` and returns what is left in this window (fixed windows of length `per`).

    Raises TooMany when more than `most` fell into the window. Call it outside a transaction that may be rolled back.
    """
    within = window(name, who, per=per)
    return within.left(int(fetch_sql(_HIT, [within.key, within.ends], again=True)[0][0]), most=most)


def window(name: str, who: str, *, per: timedelta) -> Window:
    """The window of this moment. `who` may be anything a stranger sent: it is kept as a keyed hash."""
    seconds = max(int(per.total_seconds()), 1)
    at = int(now().timestamp())
    start = at - at % seconds
    return Window(f"{name}:{start}:{_hashed(who)}", datetime.fromtimestamp(start + seconds, tz=UTC))


def forget() -> None:
    """Deletes the windows that have passed."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM foundation_ratewindow WHERE expires_at < %s", [now()])


def _hashed(who: str) -> str:
    """Short, of any text, and no address or name in the table."""
    return hashlib.blake2b(who.encode(errors="surrogatepass"), key=keys.derive("limits"), digest_size=16).hexdigest()
