"""The workspace's settings as they are now."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from datetime import datetime

import msgspec
from django.conf import settings as django_settings

from headway.foundation.rows import fetch_sql
from headway.settings.definitions import Settings
from headway.settings.models import Change, Workspace

# By version: a value never changes under a version, not even under one that was rolled back, so every process may keep
# it.
_known: dict[int, Settings] = {}


@dataclass(slots=True)
class _Pin:
    """What a request or batch goes by: nothing until it asks for the first time."""

    settings: Settings | None = None


_pinned: ContextVar[_Pin | None] = ContextVar("pinned_settings", default=None)


# for who reads it beside something else, see `seen`
VERSION = "SELECT version FROM settings_workspace WHERE id = 1"


@dataclass(frozen=True, slots=True)
class Hold:
    """Since when and why nothing leaves the workspace."""

    since: datetime
    reason: str


def version() -> int:
    """The version of the settings: one cheap query."""
    rows = fetch_sql(VERSION, [])
    return int(rows[0][0]) if rows else 0


def current() -> Settings:
    """The settings in force. Costs one query for their version, inside `pinned` only the first time."""
    pin = _pinned.get()
    if pin is None:
        return _at(version())
    if pin.settings is None:
        pin.settings = _at(version())
    return pin.settings


@contextmanager
def pinned() -> Iterator[None]:
    """Inside the block (a request, a batch) the settings are read once, when first asked for, and do not change."""
    token = _pinned.set(_pinned.get() or _Pin())
    try:
        yield
    finally:
        _pinned.reset(token)


def seen(wanted: int | None) -> None:
    """Spares a request its query: `VERSION` was just read beside something else (None: no row). Inside `pinned`."""
    pin = _pinned.get()
    if pin is not None and pin.settings is None:
        pin.settings = _at(wanted or 0)


def latest() -> Settings:
    """The settings in force now, whatever a request pinned when it began: what a change starts from."""
    return _at(version())


def spoken(wanted: str = "") -> str:
    """The language to speak to somebody who reads `wanted`: that one where Headway speaks it, else the workspace's."""
    return wanted if wanted in dict(django_settings.LANGUAGES) else current().language


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
