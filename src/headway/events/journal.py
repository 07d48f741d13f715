"""The one table that every number, notification and follow-up comes from."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec
from django.db import connection
from django.db.transaction import TransactionManagementError

from headway.events import followers
from headway.events.actor import Actor
from headway.events.event import Event
from headway.foundation.clock import now
from headway.foundation.rows import fetch_sql
from headway.foundation.statements import Part, ahead, write

# The event whose follower is running: what it records was caused by that event.
_cause: ContextVar[int | None] = ContextVar("cause", default=None)

CHANNEL = "headway_journal"

_COLUMNS = "at, kind, version, ticket_id, subject_kind, subject_id, actor_kind, actor_id, cause_id, source_key, data"
_NAMES = _COLUMNS.split(", ")
# The rows travel as one JSON text: a quarter of the work that a parameter for each value costs.
_INSERT = f"""
INSERT INTO events_entry ({_COLUMNS})
SELECT {_COLUMNS} FROM ROWS FROM (jsonb_to_recordset(%s::jsonb) AS (
    at timestamptz, kind text, version smallint, ticket_id bigint, subject_kind text, subject_id bigint,
    actor_kind text, actor_id bigint, cause_id bigint, source_key text, data jsonb
)) WITH ORDINALITY AS row ({_COLUMNS}, number) ORDER BY number
"""
_CHUNK = 1000  # rows of a round trip


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
    beside: Sequence[Part] = (),
) -> int:
    """Writes the event in the caller's transaction, asks for its followers, and wakes the live screens.

    `at` is when it happened (now when None). `silent` is for imported history: no followers, no waking; an event whose
    `source_key` is already there is then left out. The rows `beside` are written in the same statement.
    Returns the entry's id, 0 when it was left out.
    Raises TransactionManagementError outside a transaction.
    """
    draft = Draft(event=event, actor=actor, at=at, cause_id=cause_id, source_key=source_key)
    return next(iter(record_many([draft], silent=silent, beside=beside)), 0)


def record_many(drafts: Sequence[Draft], *, silent: bool = False, beside: Sequence[Part] = ()) -> list[int]:
    """Writes many events in order, a thousand a round trip, and in the first the rows `beside` that they tell of.

    Returns their ids (when silent: of those not left out).
    """
    _require_transaction()
    if not drafts:
        write(beside)
    ids: list[int] = []
    followed = [] if silent else sorted({draft.event.kind for draft in drafts if followers.of(draft.event.kind)})
    for start in range(0, len(drafts), _CHUNK):
        rows = [dict(zip(_NAMES, _row(draft), strict=True)) for draft in drafts[start : start + _CHUNK]]
        sql, values = ahead(beside if start == 0 else ())
        statement = _statement(sql, silent=silent, followed=bool(followed))
        told = [*values, msgspec.json.encode(rows).decode(), *([followed] if followed else [])]
        ids.extend(row[0] for row in fetch_sql(statement, told))
    return ids


@lru_cache(maxsize=256)
def _statement(beside: str, *, silent: bool, followed: bool) -> str:
    """One round trip writes the rows, asks for their followers and wakes the live process.

    Equal notifications of a transaction are sent once.
    """
    once = "ON CONFLICT (source_key) DO NOTHING" if silent else ""
    entry = f"entry AS ({_INSERT} {once} RETURNING id, kind, ticket_id, subject_kind, subject_id)"
    ask = f"asked AS ({_ask_sql()})" if followed else ""
    wake = "" if silent else f", pg_notify('{CHANNEL}', '')"
    return f"WITH {', '.join(filter(None, (beside, entry, ask)))} SELECT id{wake} FROM entry ORDER BY id"


@contextmanager
def caused_by(entry_id: int) -> Iterator[None]:
    """Inside the block, what is recorded was caused by this event."""
    token = _cause.set(entry_id)
    try:
        yield
    finally:
        _cause.reset(token)


def _ask_sql() -> str:
    """The statement that asks for the followers of the entries."""
    # imported here: the job's module reads the journal
    from headway.events.tasks import follow

    rows = "entry WHERE kind = ANY(%s) ORDER BY id"
    return follow.defer_sql(rows, arguments="jsonb_build_object('event_id', id)", lock=_LOCK)


# of an event's job: those of a ticket run one after another
_LOCK = "CASE WHEN ticket_id IS NULL THEN subject_kind || ':' || subject_id ELSE 'ticket:' || ticket_id END"


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
