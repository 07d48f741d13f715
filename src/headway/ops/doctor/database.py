"""The database: what it is, whether it fits this version, how full it is."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from headway.foundation.clock import now
from headway.foundation.environment import Environment
from headway.ops import keymark
from headway.ops.doctor.finding import Finding, ok, problem, warning
from headway.ops.embedded.cluster import EXTENSIONS
from headway.ops.serving import migrate

_SKEW_SECONDS = 2
_NEEDED = {name for name in EXTENSIONS if name != "citext"}


def server(_env: Environment) -> Iterator[Finding]:
    """Version, size, locale, extensions, connections, clock."""
    begin = now()
    version, encoding, collation, size, used, limit, clock = _row(
        "SELECT current_setting('server_version'), current_setting('server_encoding'), datcollate, "
        "pg_database_size(datname), (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'), "
        "current_setting('max_connections')::int, clock_timestamp() FROM pg_database WHERE datname = current_database()"
    )
    yield ok("database", f"PostgreSQL {version}, {size / 1_000_000:,.0f} MB, {encoding}, {collation}.")
    lower = _row("SELECT lower('ÄÖ')")[0]
    if encoding != "UTF8" or lower != "äö":
        yield problem(
            "locale",
            "The database does not know letters beyond English: search would miss them.",
            "Make a database with UTF8 and a UTF-8 locale (createdb -E UTF8 --locale C.UTF-8 -T template0) and restore "
            "a backup into it.",
        )
    present = {row[0] for row in _rows("SELECT extname FROM pg_extension")}
    if missing := sorted(_NEEDED - present):
        yield problem(
            "extensions",
            f"Not switched on in the database: {', '.join(missing)}.",
            "Let a superuser run there: " + " ".join(f"CREATE EXTENSION {name};" for name in missing),
        )
    else:
        yield ok("extensions", f"All there: {', '.join(sorted(_NEEDED))}.")
    if used > limit * 0.8:
        yield warning(
            "connections",
            f"{used} of {limit} connections are in use.",
            "Raise max_connections, or lower HEADWAY_WEB_THREADS and HEADWAY_WORKER_CONCURRENCY.",
        )
    skew = abs((clock - begin).total_seconds())
    if skew > _SKEW_SECONDS:
        yield problem(
            "clock",
            f"This machine's clock and the database's differ by {skew:.0f} seconds.",
            "Let both machines set their clocks by NTP.",
        )
    else:
        yield ok("clock", "The clocks of this machine and of the database agree.")


def tables(_env: Environment) -> Iterator[Finding]:
    """That the tables are this version's."""
    if waiting := migrate.pending():
        yield problem(
            "tables", f"{len(waiting)} migrations are to be applied, such as {waiting[0]}.", "Run: headway upgrade"
        )
    else:
        yield ok("tables", "They are at this version.")


def journal(_env: Environment) -> Iterator[Finding]:
    """That the journal belongs to this cluster."""
    from headway.events import erasure

    if erasure.foreign_transactions():
        yield problem(
            "journal",
            "It came from another server, and its readers would miss what happens here.",
            "Run: headway migrate",
        )
    else:
        yield ok("journal", "Its readers can go on.")


def secrets(_env: Environment) -> Iterator[Finding]:
    """That the master key opens what is sealed here."""
    if keymark.fits():
        yield ok("secrets", "The master key opens the secrets stored here.")
    else:
        yield problem(
            "secrets",
            "The secrets stored here were sealed with another master key.",
            "Put that key back. If it is lost, every second factor and connection must be set up again.",
        )


def _row(query: str) -> tuple[Any, ...]:
    return _rows(query)[0]


def _rows(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())
