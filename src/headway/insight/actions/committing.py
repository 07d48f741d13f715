"""Files become part of the lake: written aside, stored, and counted by the one commit that also moves the position.

Whoever dies before that commit leaves files that nobody counts; the sweep takes them away. Two that work at once cannot
both commit: the second finds another version of the list and throws its files away.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

import structlog
from django.db import transaction

from headway.events import reader
from headway.events.actor import Actor
from headway.foundation.clock import now
from headway.insight.lake.engine import Lake
from headway.insight.lake.writing import Written
from headway.insight.models import LakePart, LakeState
from headway.insight.places import place
from headway.insight.queries.lake import READER

log = structlog.get_logger("headway.lake")
_MEMORY_MB = 256
_UNCOUNTED_SECONDS = 3600.0


@contextmanager
def engine() -> Iterator[Lake]:
    """What writes and merges files, with little memory and one core; it keeps no tables of its own."""
    with Lake(memory_mb=_MEMORY_MB, small=True) as made:
        yield made


def current(*, actor: Actor) -> LakeState:  # noqa: ARG001 (nothing happens but that the row is there)
    """The lake's row, made where this is the first look."""
    fresh = {"key": secrets.token_hex(8), "began_at": now()}
    row, made = LakeState.objects.get_or_create(id=1, defaults=fresh)
    if made:
        reader.place(READER, 0, 0)
    return row


def commit(
    seen: LakeState,
    written: Sequence[Written],
    gone: Iterable[LakePart] = (),
    *,
    also: Callable[[LakeState], None] | None = None,
    actor: Actor,  # noqa: ARG001 (the journal says already what the files hold)
) -> bool:
    """Stores files and makes them count instead of those that are `gone`; `also` changes the lake's row with it.

    False when somebody else has changed the lake since `seen`: then nothing counts.
    """
    where, names = place(), []
    sizes = {}
    for one in written:
        name = f"{seen.key}/{one.table}/month={one.month:%Y-%m}/{secrets.token_hex(8)}.parquet"
        where.put(name, one.path)
        names.append(name)
        sizes[name] = one.path.stat().st_size
    old = list(gone)
    with transaction.atomic():
        state = LakeState.objects.select_for_update().get(id=1)
        won = (state.key, state.version) == (seen.key, seen.version)
        if won:
            LakePart.objects.filter(pk__in=[part.pk for part in old]).delete()
            LakePart.objects.bulk_create(
                LakePart(
                    name=name,
                    table=one.table,
                    month=one.month,
                    rows=one.rows,
                    size=sizes[name],
                    added_at=now(),
                )
                for name, one in zip(names, written, strict=True)
            )
            state.version += 1
            if also is not None:
                also(state)
            state.save()
    for name in [part.name for part in old] if won else names:
        where.delete(name)
    return won


def sweep(*, actor: Actor) -> int:  # noqa: ARG001 (what goes never counted)
    """Removes files that never came to count, an hour after they were written; returns how many.

    Where the place is this installation's own, lakes of before a restore go too.
    """
    from headway.insight.places import is_ours_alone

    where, state = place(), LakeState.objects.get(id=1)
    swept = 0
    for one in list(where.found()):
        if one.age < _UNCOUNTED_SECONDS or not (one.name.startswith(f"{state.key}/") or is_ours_alone()):
            continue
        if not LakePart.objects.filter(name=one.name).exists():
            where.delete(one.name)
            swept += 1
    if swept:
        log.info("files that never counted were removed", files=swept)
    return swept
