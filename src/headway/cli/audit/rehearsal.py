"""`headway audit --dry-run`: how columns and values are taken, and the first rows, before anything is counted."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from headway.cli.audit.amounts import amount
from headway.insight import audit
from headway.insight.lake.engine import Lake
from headway.insight.reading.port import Read
from headway.insight.result import Wanted

_WIDE = 60
_NOTHING = "(not understood)"


def rehearse(files: Sequence[Path], wanted: Wanted, problems_to: Path | None) -> tuple[dict[str, Any], list[str]]:
    """The mapping of each file, as JSON and as lines. Of a large file only the beginning is read."""
    with Lake(memory_mb=wanted.memory_mb, zone=wanted.reading.zone) as lake:
        reads = audit.read(lake, files, wanted.reading, lambda _part, _done: None)
        problems = lake.rows("SELECT file, line, reason, excerpt FROM problems ORDER BY row")
        if problems_to is not None:
            audit.write_problems(lake, problems_to)
    told: dict[str, Any] = {"files": [_told(read) for read in reads], "problems": len(problems)}
    lines = [line for read in reads for line in _lines(read)]
    lines += [f"{amount(len(problems), 'row')} cannot be read or not whole."] if problems else []
    for file, line, reason, excerpt in problems[:10]:
        lines.append(f"  {file}, line {line}: {reason}: {(excerpt or '')[:_WIDE]}")
    lines += ["  --problems FILE keeps them all."] if len(problems) > 10 and problems_to is None else []
    return told, lines


def _told(read: Read) -> dict[str, Any]:
    return {
        "file": read.path.name,
        "kind": read.reader,
        "layout": read.layout,
        "rows": read.rows,
        "sampled": read.sampled,
        "columns": [
            {"column": column.column, "field": column.field, "example": column.example} for column in read.columns
        ],
        "meanings": [
            {"field": one.field, "value": one.value, "meaning": str(one.meaning), "count": one.count}
            for one in read.meanings
        ],
        "first_rows": [list(row) for row in read.first],
    }


def _lines(read: Read) -> list[str]:
    what = f", a row for each {read.layout}" if read.layout else ""
    rows = amount(read.rows, "row")
    rows = f"the first {rows}, not all of it" if read.sampled else rows
    lines = [f"{read.path.name}: {read.reader}, {rows}{what}"]
    width = max((len(column.column) for column in read.columns), default=0)
    lines += [
        f"  {column.column:<{width}}  →  {column.field or '(not read)':<15} {column.example[:_WIDE]}"
        for column in read.columns
    ]
    if read.meanings:
        lines.append("What values are taken for (overrule with --map FIELD:VALUE=MEANING):")
        lines += [f"  {one.field}:{one.value} = {one.meaning or _NOTHING}  ({one.count:,})" for one in read.meanings]
    if read.first:
        lines.append("The first rows:")
        lines += ["  " + " | ".join(cell[:24] for cell in row) for row in read.first]
    return lines
