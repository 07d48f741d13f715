"""The audit from files to findings."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import duckdb
from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid
from headway.insight.findings import roadmap
from headway.insight.findings.catalogue import FINDINGS
from headway.insight.findings.context import Context
from headway.insight.findings.features import features
from headway.insight.findings.finding import Found, Off, Spec
from headway.insight.findings.front import front
from headway.insight.lake import calendar, deriving, schema
from headway.insight.lake.choice import open_lake
from headway.insight.lake.deriving import Within, derive
from headway.insight.lake.engine import Lake
from headway.insight.questions import categories
from headway.insight.questions.openings import Openings
from headway.insight.reading import tiers
from headway.insight.reading.formats import reader_of
from headway.insight.reading.order import BEGINS
from headway.insight.reading.port import Options, Progress, Read, Reader
from headway.insight.reading.settle import NOTHING, Told, category_from, listed, settle
from headway.insight.reading.staging import Staging
from headway.insight.reading.unpacked import quoted
from headway.insight.result import Result, Trust, Wanted
from headway.sla.rules.calendars import Calendar, always_open
from headway.sla.rules.hours import week

_PROBLEMS_SHOWN: Final = 20
_DISORDERED: Final = f"left(reason, {len(BEGINS)}) = '{BEGINS}'"  # the engines call no other way to ask it the same
SILENT_DAYS: Final = 7


def run(paths: Sequence[Path], wanted: Wanted, progress: Progress, problems_to: Path | None = None) -> Result:
    """Reads the files and finds. Raises Invalid when there is nothing to count."""
    with open_lake(memory_mb=wanted.memory_mb, zone=wanted.reading.zone) as lake:
        reads = read(lake, paths, wanted.reading, progress)
        assumed = settle(lake, wanted.silent_days, progress)
        tiers.enter(lake, wanted.reading.tiers)
        if problems_to is not None:
            write_problems(lake, problems_to)
        source = Told(wanted.customers or listed(lake), category_from(lake))
        lake.hand_over(*schema.TABLES, "problems", "excluded")
        return found(lake, reads, wanted, progress, source, assumed=assumed)


def write_problems(lake: Lake, path: Path) -> None:
    """Every row that could not be read, or not whole, as CSV. Raises Invalid where nothing can be written."""
    rows = "SELECT file, line, reason, excerpt FROM problems ORDER BY row"
    try:
        lake.run(f"COPY ({rows}) TO '{quoted(path)}' (FORMAT csv, HEADER true)")
    except duckdb.IOException as error:
        raise Invalid(f"{path} cannot be written to.") from error


def read(lake: Lake, paths: Sequence[Path], options: Options, progress: Progress) -> list[Read]:
    """Stages every file, each by its reader."""
    readers = [reader_of(path) for path in paths]
    reads = []
    with Staging(lake) as staging:
        for path, reader in zip(paths, readers, strict=True):
            reads.append(_by(reader, path, options, staging, progress))
    known = {column.column for one in reads for column in one.columns}
    if unknown := sorted(set(options.columns) - known):
        raise Invalid(f"There is no column {unknown[0]!r}. The columns are: {', '.join(sorted(known))}.")
    return reads


@dataclass(frozen=True, slots=True)
class Ground:
    """A settled lake with its derived tables, ready to be told. `clustered`: tickets with a question as category."""

    context: Context
    reads: Sequence[Read]
    source: Told
    clustered: float | None


def _by(reader: Reader, path: Path, options: Options, staging: Staging, progress: Progress) -> Read:
    try:
        return reader.read(path, options, staging, progress)
    except (duckdb.Error, OSError, EOFError, zlib.error, UnicodeError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Invalid(f"{path.name} cannot be read as {reader.name}: {reason}") from error


def found(
    lake: Lake,
    reads: Sequence[Read],
    wanted: Wanted,
    progress: Progress,
    source: Told = NOTHING,
    *,
    assumed: bool = False,
) -> Result:
    """What the settled lake says."""
    return told(prepared(lake, reads, wanted, progress, source, assumed=assumed), wanted, progress)


def prepared(
    lake: Lake,
    reads: Sequence[Read],
    wanted: Wanted,
    progress: Progress,
    source: Told = NOTHING,
    *,
    assumed: bool = False,
    opened: Calendar | None = None,
    desk: bool = False,
    said: Callable[[str], str] = str,
) -> Ground:
    """Derives what findings are made from. `opened` are the business hours where they are more than a week in text.

    `desk` says that it is told there, where costs are entered in the settings; `said` what its activities are called.
    """
    derive(lake, wanted.within, wanted.money.calibration, progress)
    context = Context(
        lake=lake,
        features=features(lake, stepwise=any(one.layout != "ticket" for one in reads)),
        money=wanted.money,
        names=wanted.names,
        zone=wanted.reading.zone,
        hours=wanted.hours or ("desk" if opened else ""),
        silent_days=wanted.silent_days if assumed else None,
        desk=desk,
        customers=source.customers,
        threads=wanted.threads,
        progress=progress,
        said=said,
    )
    if not context.tickets:
        raise Invalid(_nothing(lake))
    calendar.write(lake, opened or _calendar(wanted), *context.span_ms)
    asked = context.asked()
    clustered = None if desk or asked is None else _categories(context, asked, wanted.within)
    progress("Findings", 1)
    source = source if clustered is None else replace(source, category_from="question")
    return Ground(context, reads, source, clustered)


def told(ground: Ground, wanted: Wanted, progress: Progress) -> Result:
    """Every finding, in the language that is on."""
    context, lake = ground.context, ground.context.lake
    steps = len(FINDINGS) + 1
    findings: dict[str, tuple[Spec, Found | Off]] = {}
    for number, (spec, find) in enumerate(FINDINGS, start=2):
        findings[spec.key] = (spec, find(context))
        progress("Findings", min(number, steps))
    findings[roadmap.SPEC.key] = (roadmap.SPEC, roadmap.plan(context.tickets, findings))
    (tickets,) = lake.one("SELECT count(*) FROM tickets")
    (events,) = lake.one("SELECT count(*) FROM events")
    return Result(
        tickets=tickets,
        counted=context.tickets,
        events=events,
        period_ms=context.span_ms,
        trust=_trust(ground, wanted.within),
        front=front(context, findings),
        findings=findings,
        money=wanted.money,
        zone=wanted.reading.zone,
    )


def _categories(context: Context, asked: Openings, within: Within) -> float | None:
    """Where a source has neither field nor tag, tickets get their question as category. The share that has one."""
    if context.features.categories:
        return None
    found = categories.fill(context.lake, asked, within)
    return found.tickets / context.tickets if found.tickets else None


def _calendar(wanted: Wanted) -> Calendar:
    zone = wanted.reading.zone
    return Calendar(zone, week(wanted.hours)) if wanted.hours else always_open(zone)


def _trust(ground: Ground, within: Within) -> Trust:
    context, lake, category_from = ground.context, ground.context.lake, ground.source.category_from
    problems, shown = _told_of(lake, f"NOT {_DISORDERED}")
    disordered, first = _told_of(lake, _DISORDERED)
    marks = lake.rows("SELECT reason, sum(count) FROM excluded GROUP BY reason ORDER BY reason")
    excluded = _apart(lake) + [(str(reason), int(n)) for reason, n in marks]
    outside = int(lake.one("SELECT count(*) FROM tickets WHERE origin = 'customer'")[0]) - context.tickets
    if outside and within != deriving.Within():
        excluded.append(("tickets: created outside the period", outside))
    silent = context.silent_days
    return Trust(
        reads=tuple(ground.reads),
        problems=problems,
        shown_problems=shown,
        excluded=tuple(excluded),
        silent_days=silent,
        category_from=category_from,
        clustered=ground.clustered,
        disordered=disordered,
        shown_disordered=first,
    )


def _told_of(lake: Lake, condition: str) -> tuple[int, tuple[tuple[str, int, str, str], ...]]:
    """How many rows were kept as problems under a condition, and the first of them."""
    (number,) = lake.one(f"SELECT count(*) FROM problems WHERE {condition}")
    columns = "file, line, reason, excerpt"
    rows = lake.rows(f"SELECT {columns} FROM problems WHERE {condition} ORDER BY row LIMIT {_PROBLEMS_SHOWN}")
    return int(number), tuple((str(file), int(line), str(reason), str(row)) for file, line, reason, row in rows)


def _nothing(lake: Lake) -> str:
    (problems,) = lake.one("SELECT count(*) FROM problems")
    (tickets,) = lake.one("SELECT count(*) FROM tickets")
    if problems and not tickets:
        (reason,) = lake.one("SELECT reason FROM problems GROUP BY reason ORDER BY count(*) DESC LIMIT 1")
        return f"No ticket could be read; of {problems:,} rows most say: {reason}. See how columns are taken: --dry-run"
    left = lake.rows("SELECT reason, sum(count) FROM excluded GROUP BY reason ORDER BY reason")
    if tickets:
        left = [*_apart(lake), *left, *([("rows that could not be read or not whole", problems)] if problems else [])]
    why = f" Left out: {', '.join(f'{reason} ({int(n):,})' for reason, n in left)}." if left else ""
    said = _("There is no ticket of a customer in this period.") if tickets else _("There is no ticket in these files.")
    return said + why


def _apart(lake: Lake) -> list[tuple[str, int]]:
    """Tickets that no customer began, by what they are."""
    rows = lake.rows("SELECT origin, count(*) FROM tickets WHERE origin <> 'customer' GROUP BY origin ORDER BY origin")
    return [(f"tickets: {origin}", int(n)) for origin, n in rows]
