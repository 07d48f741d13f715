"""The workspace's settings as they are now."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from datetime import datetime

import msgspec

from headway.foundation.rows import fetch_sql
from headway.settings.definitions import Settings
from headway.settings.models import Change, Workspace

# By version: a value never changes under a version, not even under one that was rolled back, so every process may keep
# it.
_known: dict[int, Settings] = {}
_pinned: ContextVar[Settings | None] = ContextVar("pinned_settings", default=None)


@dataclass(frozen=True, slots=True)
class Hold:
    """Since when and why nothing leaves the workspace."""

    since: datetime
    reason: str


def version() -> int:
    """The version of the settings: one cheap query."""
    rows = fetch_sql("SELECT version FROM settings_workspace WHERE id = 1", [])
    return int(rows[0][0]) if rows else 0


def current() -> Settings:
    """The settings in force. Costs one query for their version, none inside `pinned`."""
    pinned_settings = _pinned.get()
    return pinned_settings if pinned_settings is not None else _at(version())


@contextmanager
def pinned() -> Iterator[Settings]:
    """Inside the block (a request, a batch) the settings are read once and do not change."""
    token = _pinned.set(current())
    try:
        yield _pinned.get() or current()
    finally:
        _pinned.reset(token)


def latest() -> Settings:
    """The settings in force now, whatever a request pinned when it began: what a change starts from."""
    return _at(version())


def hold() -> Hold | None:
    """The hold, or None when the workspace sends and fetches."""
    row = Workspace.objects.filter(id=1, held_since__isnull=False).values_list("held_since", "held_reason").first()
    return Hold(row[0], row[1]) if row and row[0] else None


def is_held() -> bool:
    """Whether sending, fetching, webhooks and schedules are off."""
    return hold() is not None


def _at(wanted: int) -> Settings:
    found = _known.get(wanted)
    if found is None:
        names = {entry.name for entry in fields(Settings)}
        rows = Change.objects.filter(version__lte=wanted).order_by("key", "-version").distinct("key")
        values = {row.key: row.value for row in rows if row.key in names and row.value is not None}
        found = msgspec.convert(values, Settings)
        # other threads read meanwhile: never count on what was put in
        if len(_known) > 20:
            _known.clear()
        _known[wanted] = found
    return found
