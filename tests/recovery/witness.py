"""Followers that leave one row for every time they run, so that a missing and a double run can be seen."""

from typing import Any

from django.db import connection

from headway.events.event import Event, Recorded
from headway.foundation.jobs import Job, job

TABLES = """
CREATE TABLE recovery_seen (
    id bigserial PRIMARY KEY, event_id bigint NOT NULL, follower text NOT NULL, ticket_id bigint
);
CREATE TABLE recovery_read (id bigserial PRIMARY KEY, entry_id bigint NOT NULL);
CREATE TABLE recovery_done (name text NOT NULL);
"""

# the effect, and a moment in which to be killed between it and the commit
_SEE = "INSERT INTO recovery_seen (event_id, follower, ticket_id) SELECT %s, %s, %s FROM pg_sleep(random() * 0.01)"


def first(recorded: Recorded[Event]) -> None:
    """Sees an event before the other witness."""
    _see("first", recorded)


def second(recorded: Recorded[Event]) -> None:
    """Sees an event after the other witness."""
    _see("second", recorded)


def _see(name: str, recorded: Recorded[Event]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SEE, [recorded.id, name, recorded.event.ticket])


def declare() -> tuple[Job[Any], Job[Any]]:
    """Two jobs: one kills its worker each time it runs, one only says that it ran."""
    import os
    import signal

    @job("recovery.poison", attempts=3)
    def poison() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    @job("recovery.harmless")
    def harmless(name: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO recovery_done SELECT %s FROM pg_sleep(0.05)", [name])

    return poison, harmless
