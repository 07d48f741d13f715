"""The one table that every number, notification and follow-up comes from."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.transaction import TransactionManagementError

from headway.events import followers
from headway.events.actor import Actor
from headway.events.event import Event
from headway.foundation.clock import now

# The event whose follower is running: what it records was caused by that event.
_cause: ContextVar[int | None] = ContextVar("cause", default=None)

CHANNEL = "headway_journal"

_COLUMNS = "at, kind, version, ticket_id, subject_kind, subject_id, actor_kind, actor_id, cause_id, source_key, data"
_VALUES = "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb)"

# One round trip writes the row, asks for its followers and wakes the live process; equal notifications of a
# transaction are sent once.
_ENTRY = f"WITH entry AS (INSERT INTO events_entry ({_COLUMNS}) VALUES {_VALUES} RETURNING id)"
_INSERT_LOUD = f"{_ENTRY} SELECT id, pg_notify('{CHANNEL}', '') FROM entry"
_INSERT_SILENT = (
    f"INSERT INTO events_entry ({_COLUMNS}) VALUES {_VALUES} ON CONFLICT (source_key) DO NOTHING RETURNING id"
)
# Many rows travel as one JSON text: a quarter of the work that a parameter for each value costs.
_NAMES = _COLUMNS.split(", ")
_INSERT_MANY = f"""
INSERT INTO events_entry ({_COLUMNS})
SELECT {_COLUMNS} FROM ROWS FROM (jsonb_to_recordset(%s::jsonb) AS (
    at timestamptz, kind text, version smallint, ticket_id bigint, subject_kind text, subject_id bigint,
    actor_kind text, actor_id bigint, cause_id bigint, source_key text, data jsonb
)) WITH ORDINALITY AS row ({_COLUMNS}, number) ORDER BY number
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An event to be written with its circumstances, for `record_many`."""

    event: Event
    actor: Actor
    at: datetime | None = None
    cause_id: int | None = None
    source_key: str | None = None


def record(
    event: Event,
    *,
    actor: Actor,
    at: datetime | None = None,
    cause_id: int | None = None,
    source_key: str | None = None,
    silent: bool = False,
) -> int:
    """Writes the event in the caller's transaction, asks for its followers, and wakes the live screens.

    `at` is when it happened (now when None). `silent` is for imported history: no followers, no waking; an event whose
    `source_key` is already there is then left out. Returns the entry's id, 0 when it was left out.
    Raises TransactionManagementError outside a transaction.
    """
    _require_transaction()
    draft = Draft(event=event, actor=actor, at=at, cause_id=cause_id, source_key=source_key)
    *plain, data = _row(draft)
    statement, values = _INSERT_SILENT if silent else _INSERT_LOUD, [*plain, json.dumps(data)]
    if not silent and followers.of(event.kind):
        statement, values = _insert_followed(), [*values, _lock(event)]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def record_many(drafts: Sequence[Draft], *, silent: bool = False) -> list[int]:
    """Writes many events in order, a thousand a round trip. Returns their ids (when silent: of those not left out)."""
    _require_transaction()
    ids: list[int] = []
    followed = [] if silent else sorted({draft.event.kind for draft in drafts if followers.of(draft.event.kind)})
    for start in range(0, len(drafts), 1000):
        chunk = drafts[start : start + 1000]
        rows = json.dumps([dict(zip(_NAMES, _row(draft), strict=True)) for draft in chunk], default=str)
        silently = f"{_INSERT_MANY} ON CONFLICT (source_key) DO NOTHING RETURNING id"
        statement = silently if silent else _many_loud(_INSERT_MANY, followed)
        with connection.cursor() as cursor:
            cursor.execute(statement, [rows, followed] if followed else [rows])
            ids.extend(row[0] for row in cursor.fetchall())
    return ids


def _many_loud(rows: str, followed: list[str]) -> str:
    ask = f", CASE WHEN kind = ANY(%s) THEN {_ask_sql(_LOCK)} END" if followed else ""
    entry = f"WITH entry AS ({rows} RETURNING id, kind, ticket_id, subject_kind, subject_id)"
    return f"{entry} SELECT id, pg_notify('{CHANNEL}', ''){ask} FROM entry ORDER BY id"


@contextmanager
def caused_by(entry_id: int) -> Iterator[None]:
    """Inside the block, what is recorded was caused by this event."""
    token = _cause.set(entry_id)
    try:
        yield
    finally:
        _cause.reset(token)


@cache
def _insert_followed() -> str:
    return f"{_ENTRY} SELECT id, pg_notify('{CHANNEL}', ''), {_ask_sql('%s')} FROM entry"


@cache
def _ask_sql(lock: str) -> str:
    """The expression that asks for the followers of the entry with this `id`."""
    # imported here: the job's module reads the journal
    from headway.events.tasks import follow

    return follow.defer_sql("jsonb_build_object('event_id', id)", lock)


# of an event, in Python and in SQL
_LOCK = "CASE WHEN ticket_id IS NULL THEN subject_kind || ':' || subject_id ELSE 'ticket:' || ticket_id END"


def _lock(event: Event) -> str:
    return f"ticket:{event.ticket}" if event.ticket else f"{event.subject_kind}:{event.subject}"


def _row(draft: Draft) -> list[Any]:
    event, actor = draft.event, draft.actor
    return [
        draft.at or now(),
        event.kind,
        event.version,
        event.ticket,
        event.subject_kind,
        event.subject,
        actor.kind,
        actor.id,
        draft.cause_id or _cause.get(),
        draft.source_key,
        event.data(),
    ]


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise TransactionManagementError("an event is recorded in the transaction of what happened, not on its own")
