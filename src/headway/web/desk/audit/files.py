"""The audit log as a file: CSV for people, JSON Lines for programs."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from headway.foundation import sheets
from headway.web.desk.audit.log import Row
from headway.web.formats import iso

COLUMNS = (
    "id", "at", "recorded_at", "kind", "what", "who", "actor_kind", "actor_id", "ticket_id", "subject_kind",
    "subject_id", "about", "cause_id", "data",
)  # fmt: skip


def as_csv(rows: Iterator[Row]) -> Iterator[str]:
    """A header and a line a row."""
    told = (_values(row) for row in rows)
    return sheets.as_csv(COLUMNS, ([_plain(values[name]) for name in COLUMNS] for values in told))


def as_lines(rows: Iterator[Row]) -> Iterator[str]:
    """A JSON object a line."""
    for row in rows:
        yield json.dumps(_values(row), ensure_ascii=False) + "\n"


WRITERS: dict[str, tuple[str, Callable[[Iterator[Row]], Iterator[str]]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "jsonl": ("application/jsonl; charset=utf-8", as_lines),
}


def _values(row: Row) -> dict[str, Any]:
    entry = row.entry
    return {
        "id": entry.id, "at": iso(entry.at), "recorded_at": iso(entry.recorded_at), "kind": entry.kind,
        "what": row.words, "who": row.who, "actor_kind": entry.actor_kind, "actor_id": entry.actor_id,
        "ticket_id": entry.ticket_id, "subject_kind": entry.subject_kind, "subject_id": entry.subject_id,
        "about": row.about, "cause_id": entry.cause_id, "data": entry.data,
    }  # fmt: skip


def _plain(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value
