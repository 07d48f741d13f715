"""A table with named columns becomes staged rows: what CSV, JSONL, Parquet and XES have in common.

The table stands in the lake as `raw(row, c0, c1, …)`, all text. Everything from there on is one statement each, so
that ten million rows cost what the database needs for them.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from headway.foundation.errors import Invalid
from headway.insight.lake.engine import Lake
from headway.insight.reading import columns, dimensions, events, tickets
from headway.insight.reading.port import Mapped, Options, Progress, Read
from headway.insight.reading.staging import Staging

_GLANCE: Final = 100_000
_SHOWN: Final = 5


def stage(
    path: Path,
    reader: str,
    names: Sequence[str],
    options: Options,
    staging: Staging,
    progress: Progress,
    *,
    kept: str = "TABLE",
) -> Read:
    """Stages the table or view `raw`, whose columns `c0 …` carry these names, and drops it."""
    lake = staging.lake
    rows = int(lake.one("SELECT count(*) FROM raw")[0])
    progress(path.name, rows)
    fields = columns.guess(names, options.named(names))
    places = {field: f"c{list(names).index(column)}" for column, field in fields.items()}
    layout = options.layout or columns.layout_of(fields, repeats=_repeats(lake, places))
    _renamed(places, layout)
    missing = [need for need in columns.NEEDED[layout] if need not in places]
    if missing:
        raise Invalid(
            f"{path.name}: no column was found for {' and '.join(missing)}. Name it with --map COLUMN=FIELD. "
            f"The columns are: {', '.join(names)}."
        )
    meanings = dimensions.learn(lake, places, options)
    unread = columns.OF_TICKETS & places.keys() if layout == "event" else frozenset()
    fields = {name: field for name, field in fields.items() if field not in unread}
    write = events.write if layout == "event" else tickets.write
    write(path, places, options, staging)
    first = lake.rows(f"SELECT {', '.join(f'c{n}' for n in range(len(names)))} FROM raw ORDER BY row LIMIT {_SHOWN}")
    lake.run(f"DROP {kept} raw")
    shown = [
        Mapped(name, fields.get(name, ""), str((first[0][n] if first else "") or "")) for n, name in enumerate(names)
    ]
    texts = tuple(tuple(str(value or "") for value in row) for row in first)
    sampled = bool(options.sample) and rows >= options.sample
    return Read(path, reader, layout, rows, tuple(shown), tuple(meanings), texts, sampled)


def _repeats(lake: Lake, places: dict[str, str]) -> bool:
    """Whether tickets come again within the first rows, so often that rows are no tickets."""
    if "ticket" not in places:
        return False
    rows, tickets_ = lake.one(
        f"SELECT count(*), count(DISTINCT {places['ticket']}) FROM (SELECT * FROM raw LIMIT {_GLANCE})"
    )
    return bool(tickets_ * 10 < rows * 9)


def _renamed(places: dict[str, str], layout: str) -> None:
    """Where a row is an event and only a creation time stands there, that is the event's; and the other way round."""
    here, there = ("at", "created_at") if layout == "event" else ("created_at", "at")
    if here not in places and there in places:
        places[here] = places.pop(there)
