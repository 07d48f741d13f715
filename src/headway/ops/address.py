"""Which database this process works on: the one in DATABASE_URL, or the embedded server."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from headway.ops.errors import Unusable

OLDEST = 16
_SECONDS = 5


@dataclass(frozen=True)
class Address:
    """A checked database: its libpq URL, and whether it is our own embedded server."""

    url: str
    embedded: bool


@contextmanager
def database() -> Iterator[Address]:
    """Inside the block DATABASE_URL names a database that works; an embedded one runs until the end of the block.

    Raises Unusable with one sentence when there is none.
    """
    given = os.environ.get("DATABASE_URL", "").strip()
    if given:
        check(given)
        yield Address(given, embedded=False)
        return
    from headway.ops.embedded import running_server

    with running_server() as url:
        os.environ["DATABASE_URL"] = url
        try:
            yield Address(url, embedded=True)
        finally:
            del os.environ["DATABASE_URL"]


def check(url: str) -> None:
    """Raises Unusable, saying what to do, unless `url` is a PostgreSQL that Headway can work with."""
    import psycopg

    if urlsplit(url).scheme not in {"postgresql", "postgres"}:
        raise Unusable("DATABASE_URL must look like postgresql://user:password@host:5432/name.")
    try:
        with psycopg.connect(url, connect_timeout=_SECONDS, autocommit=True) as connection:
            version = connection.info.server_version // 10000
            encoding = connection.info.parameter_status("server_encoding")
            found = connection.execute(
                "SELECT installed_version IS NOT NULL FROM pg_available_extensions WHERE name = 'vector'"
            ).fetchone()
            may_install = connection.execute(
                "SELECT rolsuper FROM pg_roles WHERE rolname = current_user AND rolsuper"
            ).fetchone()
    except psycopg.Error as error:
        raise Unusable(_explanation(url, str(error))) from error
    where = place(url)
    if version < OLDEST:
        raise Unusable(f"The server at {where} is PostgreSQL {version}; Headway needs {OLDEST} or newer.")
    if encoding != "UTF8":
        raise Unusable(
            f"The database at {where} is encoded as {encoding}; Headway needs UTF8 (createdb -E UTF8 -T template0)."
        )
    if found is None:
        raise Unusable(
            f"The server at {where} has no pgvector. Install it there (package postgresql-{version}-pgvector), "
            "or unset DATABASE_URL to use the embedded server."
        )
    if not found[0] and not may_install:
        raise Unusable(
            f"pgvector is not switched on in the database at {where}. "
            "Let a superuser run there: CREATE EXTENSION vector;"
        )


def place(url: str) -> str:
    """`host:port/name` of a database URL, without user and password, for messages."""
    import psycopg.conninfo

    try:
        parts = psycopg.conninfo.conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        return "DATABASE_URL"
    return f"{parts.get('host') or 'localhost'}:{parts.get('port') or 5432}/{parts.get('dbname') or ''}"


def _explanation(url: str, reason: str) -> str:
    """One sentence for libpq's several."""
    where = place(url)
    if "password authentication failed" in reason or "no password supplied" in reason:
        return f"The server at {where} refused the user or the password in DATABASE_URL."
    if "database" in reason and "does not exist" in reason:
        return f"The server at {where} has no such database. Make it there (createdb), or correct DATABASE_URL."
    if "role" in reason and "does not exist" in reason:
        return f"The server at {where} does not know the user in DATABASE_URL."
    if "too many clients" in reason or "remaining connection slots" in reason:
        return f"The server at {where} has no connection left. Raise its max_connections, or stop another program."
    if "resolve" in reason or "Name or service" in reason:
        return f"The host in DATABASE_URL ({where}) does not exist."
    if "refused" in reason or "timeout" in reason or "No such file" in reason or "unreachable" in reason:
        return f"No database server answers at {where}. Is it running, and is DATABASE_URL right?"
    last = reason.strip().splitlines()[-1].strip() if reason.strip() else "no reason given"
    return f"The database at {where} cannot be used: {last}"
