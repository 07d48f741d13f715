"""What a start does with a database: makes the tables of an empty one, leaves another version's alone, knows a move."""

import os
import subprocess
import sys

import psycopg
import pytest

from headway.events import erasure
from headway.events.reader import take
from headway.ops.serving import current
from headway.people.models import Customer
from headway.settings.queries import hold
from headway.tickets.tests.desk import asks


def _serving(name: str, url: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "headway.ops.serving", name]
    env = os.environ | {"DATABASE_URL": url}
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False, timeout=300)
    return done.returncode, done.stderr.strip()


@pytest.mark.usefixtures("committed_db")
def test_an_empty_database_gets_its_tables_and_the_next_start_has_nothing_to_do(server: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE fresh")
    url = server.replace("/headway?", "/fresh?")
    try:
        assert not current.is_current(url)
        assert _serving("check", url)[0] == 0
        assert current.is_current(url)
        assert _serving("check", url) == (0, "")
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute("DROP DATABASE fresh WITH (FORCE)")


def test_the_tables_of_another_version_are_left_to_the_administrator(committed_db: str) -> None:
    with psycopg.connect(committed_db, autocommit=True) as connection:
        connection.execute("DROP TABLE ops_mark")
        connection.execute("DELETE FROM django_migrations WHERE app = 'ops'")
    code, said = _serving("check", committed_db)
    assert (code, "Run: headway migrate" in said, len(said.splitlines())) == (1, True, 1)
    assert _serving("migrate", committed_db)[0] == 0
    assert current.is_current(committed_db)


def test_a_database_moved_by_other_ways_is_held_and_its_readers_go_on(committed_db: str, dana: Customer) -> None:
    assert _serving("migrate", committed_db)[0] == 0
    asks(dana)
    assert len(take("lake")) == 2
    # as pg_restore would leave it: ids of a server that has seen more
    with psycopg.connect(committed_db, autocommit=True) as connection, connection.transaction():
        connection.execute("SET LOCAL headway.erasing = 'on'")
        connection.execute("UPDATE events_entry SET tx = '9000000000'")
        connection.execute("UPDATE events_cursor SET tx = '9000000000'")
    assert erasure.foreign_transactions()
    code, said = _serving("check", committed_db)
    assert (code, "headway release" in said) == (0, True)
    found = hold()
    assert found is not None
    assert found.reason == "moved"
    assert len(take("lake")) > 2
    asks(dana)
    assert [entry.kind for entry in take("lake")] == ["ticket.created", "message.received"]
