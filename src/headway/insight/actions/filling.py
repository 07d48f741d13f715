"""The journal flows into the lake, batch by batch, in the order in which it was committed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final

from headway.events import reader
from headway.events.actor import Actor
from headway.events.vocabulary.journal import EntriesErased
from headway.foundation.clock import now
from headway.insight.actions.committing import commit, current, engine
from headway.insight.lake.deriving import DAY_MS
from headway.insight.lake.engine import Lake
from headway.insight.lake.writing import Written, write
from headway.insight.models import LakeState
from headway.insight.queries.gathering import lengths, ticket_rows, written
from headway.insight.queries.lake import READER
from headway.insight.rules.entries import Row, Told, row, undone

BATCH = 20_000
_EPOCH: Final = date(1970, 1, 1).toordinal()
# dataclasses.astuple copies each value deeply: a third of the time of filling went there
_VALUES: Final = attrgetter(*(field.name for field in fields(Row)))


def fill(*, actor: Actor, limit: int = BATCH) -> int:
    """Takes the next entries of the journal in; returns how many were read. Fewer than `limit`: that was all.

    Each counts once, whoever dies meanwhile: its files and the position change in one commit.
    """
    state = current(actor=actor)
    started = now()
    tx, entry_id = reader.position(READER) or (0, 0)
    entries = reader.lines(tx, entry_id, limit)
    everything = len(entries) < limit

    def also(row: LakeState) -> None:
        if entries:
            reader.place(READER, entries[-1].tx, entries[-1].id)
        row.forget = row.forget or any(entry.kind == EntriesErased.kind for entry in entries)
        row.through_at = started if everything else row.through_at

    if not entries:
        commit(state, [], also=also, actor=actor)
        return 0
    with engine() as made:
        commit(state, _files(made, entries, state.version + 1), also=also, actor=actor)
    return len(entries)


def _files(made: Lake, entries: Sequence[reader.Line], as_of: int) -> list[Written]:
    tables: dict[str, dict[date, list[Sequence[Any]]]] = {
        name: defaultdict(list) for name in ("events", "tickets", "undone")
    }
    known = lengths(entries)
    touched = set()
    for entry in entries:
        if entry.ticket_id is None:
            continue
        touched.add(entry.ticket_id)
        told = Told(entry.id, entry.ticket_id, entry.at_ms, entry.kind, entry.actor_kind, entry.actor_id, entry.data)
        kind = written(entry)
        event = row(told, known.get((kind, entry.data[f"{kind}_id"])) if kind else None)
        if event is not None:
            tables["events"][_month(event.at_ms)].append(_VALUES(event))
        for number in undone(told):
            tables["undone"][_month(told.at_ms)].append((number,))
    for ticket in ticket_rows(touched, as_of) if touched else ():
        tables["tickets"][_month(ticket[2])].append(ticket)
    return [one for name, months in tables.items() for one in write(made, name, months)]


def _month(ms: int) -> date:
    """The first day of the month in UTC; a month is [its first day, the next one's)."""
    return _month_of_day(ms // DAY_MS)


@lru_cache(maxsize=4096)
def _month_of_day(day: int) -> date:
    return date.fromordinal(_EPOCH + day).replace(day=1)
