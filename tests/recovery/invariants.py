"""What must hold after everybody who was killed has come back. Each failure says which promise broke."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import psycopg

from headway import pipeline
from headway.events.followers import Follower
from tests.recovery.clients import Acknowledged
from tests.recovery.product import patiently

Database = psycopg.Connection[tuple[Any, ...]]

_WORK = (
    "task_name LIKE 'events.%' OR task_name IN ('intake.send', 'intake.process', 'sla.recount', 'recovery.harmless')"
)
_TEXTS = """
SELECT substring(text FROM 'mark-[0-9]+-[0-9]+'), 'message', id, ticket_id FROM tickets_message
UNION ALL SELECT substring(text FROM 'mark-[0-9]+-[0-9]+'), 'note', id, ticket_id FROM tickets_note
"""
# each row of the store, and how often the journal tells of it
_TOLD = """
SELECT 'ticket ' || id, (SELECT count(*) FROM events_entry WHERE kind = 'ticket.created' AND ticket_id = row.id)
FROM tickets_ticket row
UNION ALL SELECT 'message ' || id, (
    SELECT count(*) FROM events_entry WHERE kind IN ('message.received', 'message.written')
    AND ticket_id = row.ticket_id AND (data ->> 'message_id')::bigint = row.id
) FROM tickets_message row
UNION ALL SELECT 'note ' || id, (
    SELECT count(*) FROM events_entry WHERE kind = 'note.written'
    AND ticket_id = row.ticket_id AND (data ->> 'note_id')::bigint = row.id
) FROM tickets_note row
"""


def drained(database: Database) -> None:
    """Waits until nothing is left to do. Dead letters are no way to be done."""

    def done() -> bool:
        row = database.execute(
            f"SELECT count(*) FROM procrastinate_jobs WHERE status <> 'failed' AND ({_WORK})"
        ).fetchone()
        return row == (0,)

    def left() -> str:
        rows = database.execute(
            "SELECT task_name, status::text, attempts, worker_id, scheduled_at - now(), lock FROM procrastinate_jobs"
        ).fetchall()
        workers = database.execute("SELECT id, now() - last_heartbeat FROM procrastinate_workers").fetchall()
        return f"every job is done; left: {rows[:20]}; workers: {workers}"

    patiently(done, left)


def check(database: Database, acknowledged: Iterable[Acknowledged]) -> None:
    """Everything that is said about tickets, messages, journal and followers. Raises AssertionError."""
    _stored_once(database, list(acknowledged))
    _told_once(database)
    _followed_once(database)
    _in_order(database)
    dead = database.execute(
        "SELECT j.task_name, f.error FROM procrastinate_jobs j LEFT JOIN foundation_jobfailure f ON f.job_id = j.id "
        f"WHERE j.status = 'failed' AND ({_WORK})"
    ).fetchall()
    assert dead == [], f"INVARIANT nothing ends as a dead letter because somebody was killed: {dead}"


def _stored_once(database: Database, acknowledged: list[Acknowledged]) -> None:
    rows = database.execute(_TEXTS).fetchall()
    times = Counter(row[0] for row in rows)
    lost = [each for each in acknowledged if times[each.mark] == 0]
    assert lost == [], f"INVARIANT what was acknowledged is stored: {lost}"
    doubled = {mark: count for mark, count in times.items() if count > 1}
    assert doubled == {}, f"INVARIANT nothing is stored twice: {doubled}"
    unasked = set(times) - {each.mark for each in acknowledged}
    assert unasked == set(), f"INVARIANT nothing is stored that nobody was told of: {unasked}"
    stored = {row[0]: row[1:] for row in rows}
    for each in acknowledged:
        kind, row_id, ticket_id = stored[each.mark]
        assert ticket_id == each.ticket_id, f"INVARIANT the answer names the right ticket: {each} is on {ticket_id}"
        if each.noun != "ticket":
            assert kind == ("note" if each.noun == "note" else "message")
            assert row_id == each.row_id, f"INVARIANT the answer names the right row: {each} is {row_id}"


def _told_once(database: Database) -> None:
    wrong = [row for row in database.execute(_TOLD).fetchall() if row[1] != 1]
    assert wrong == [], f"INVARIANT the journal tells of every row once: {wrong}"


def _followed_once(database: Database) -> None:
    expected: dict[str, set[str]] = {}
    for event_class, entry in pipeline.FOLLOWERS:
        follower = entry if isinstance(entry, Follower) else Follower(entry)
        expected.setdefault(event_class.kind, set()).add(follower.name)
    entries = {row[0]: row[1] for row in database.execute("SELECT id, kind FROM events_entry").fetchall()}
    followed = {entry_id: kind for entry_id, kind in entries.items() if kind in expected}
    done: dict[int, set[str]] = {}
    for event_id, follower in database.execute("SELECT event_id, follower FROM events_done").fetchall():
        done.setdefault(event_id, set()).add(follower)
    missed = {
        entry_id: expected[kind] - done.get(entry_id, set())
        for entry_id, kind in followed.items()
        if not expected[kind] <= done.get(entry_id, set())
    }
    assert missed == {}, f"INVARIANT every follower had every event: {missed}"
    seen = Counter(database.execute("SELECT event_id, follower FROM recovery_seen").fetchall())
    unseen = [entry_id for entry_id in followed for name in ("first", "second") if seen[(entry_id, name)] == 0]
    assert unseen == [], f"INVARIANT a follower's effect is there for every event: missing for {unseen}"
    twice = {pair: count for pair, count in seen.items() if count > 1}
    assert twice == {}, f"INVARIANT a follower's effect happens once: {twice}"


def _in_order(database: Database) -> None:
    rows = database.execute("SELECT follower, ticket_id, event_id FROM recovery_seen ORDER BY id").fetchall()
    last: dict[tuple[str, int], int] = {}
    for follower, ticket_id, event_id in rows:
        before = last.get((follower, ticket_id), 0)
        assert event_id > before, (
            f"INVARIANT events are followed in order: {follower} had {event_id} after {before} on ticket {ticket_id}"
        )
        last[follower, ticket_id] = event_id
    # of one event, the first witness goes before the second
    moments = {(row[0], row[1]): row[2] for row in database.execute("SELECT event_id, follower, id FROM recovery_seen")}
    wrong = [event for (event, name), at in moments.items() if name == "first" and at > moments[event, "second"]]
    assert wrong == [], f"INVARIANT followers of an event run in their order: {wrong}"


def check_read(database: Database) -> None:
    """The reader was given each entry once, in the order of the journal."""

    def caught_up() -> bool:
        row = database.execute(
            "SELECT (SELECT count(*) FROM events_entry) = (SELECT count(DISTINCT entry_id) FROM recovery_read)"
        ).fetchone()
        return row == (True,)

    patiently(caught_up, "the reader has read everything (INVARIANT a reader misses nothing)")
    twice = database.execute("SELECT entry_id FROM recovery_read GROUP BY entry_id HAVING count(*) > 1").fetchall()
    assert twice == [], f"INVARIANT a reader is given each entry once: {twice}"
    wrong = database.execute(
        "SELECT read.entry_id FROM (SELECT r.id, r.entry_id, e.tx, lag(e.tx) OVER (ORDER BY r.id) AS before "
        "FROM recovery_read r JOIN events_entry e ON e.id = r.entry_id) AS read WHERE read.tx < read.before"
    ).fetchall()
    assert wrong == [], f"INVARIANT a reader is given entries in the order of their transactions: {wrong}"


def check_sent(database: Database, came: dict[str, list[str]], acknowledged: Iterable[Acknowledged]) -> None:
    """Every reply arrived at least once, always under its own id."""
    replies = [each for each in acknowledged if each.noun == "reply"]
    lost = [each.mark for each in replies if not came.get(each.mark)]
    states = database.execute("SELECT state, count(*) FROM intake_delivery GROUP BY state").fetchall()
    assert lost == [], f"INVARIANT every reply leaves at least once: missing {lost}; deliveries: {states}"
    several = {mark: ids for mark, ids in came.items() if len(set(ids)) > 1}
    assert several == {}, f"INVARIANT a reply keeps its Message-ID: {several}"
    owners = Counter(found for ids in came.values() for found in set(ids))
    shared = {found: count for found, count in owners.items() if count > 1}
    assert shared == {}, f"INVARIANT a Message-ID belongs to one reply: {shared}"
    assert [state for state, _ in states] == ["sent"], f"INVARIANT the outbox knows that everything left: {states}"
