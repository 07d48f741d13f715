"""Whether a database needs anything before serving. Asked without Django, which would cost each start a second."""

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import psycopg

import headway
from headway.ops import keymark

# Packages with migrations of their own.
_OTHERS = ("django", "django-allauth", "django-axes", "procrastinate")

_MARK = "SELECT version, sealed FROM ops_mark WHERE id = 1"
# The same question as events.erasure.foreign_transactions.
_FOREIGN = """
SELECT coalesce((SELECT max(tx) FROM events_entry) > pg_current_xact_id(), false)
    OR coalesce((SELECT max(tx) FROM events_cursor) > pg_current_xact_id(), false)
"""


def has_sample(url: str) -> bool:
    """Whether sample data is in this database."""
    try:
        with psycopg.connect(url) as connection:
            return connection.execute("SELECT FROM tickets_ticket WHERE is_sample LIMIT 1").fetchone() is not None
    except psycopg.Error:
        return False


@lru_cache(maxsize=1)
def tables() -> str:
    """A name for the tables that this version's migrations lead to: it changes with every migration."""
    ours = Path(headway.__file__).parent
    steps = sorted(str(path.relative_to(ours)) for path in ours.glob("*/migrations/*.py"))
    others = [f"{name} {version(name)}" for name in _OTHERS]
    return hashlib.sha256("\n".join(steps + others).encode()).hexdigest()


def is_current(url: str) -> bool:
    """Whether the tables are this version's, the journal this cluster's, and the master key the right one."""
    try:
        with psycopg.connect(url) as connection:
            mark = connection.execute(_MARK).fetchone()
            foreign = connection.execute(_FOREIGN).fetchone()
    except psycopg.Error:
        return False
    return mark is not None and mark[0] == tables() and foreign == (False,) and keymark.opens(bytes(mark[1]))
