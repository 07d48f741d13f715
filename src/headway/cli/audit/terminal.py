"""The findings in the terminal: each in a sentence first, then its rows, then what to do."""

from rich.console import Console
from rich.table import Table as Drawn
from rich.text import Text

from headway.insight.audit import Result, Trust, moment
from headway.insight.findings.finding import Found, Off, Spec, Table, Unit
from headway.insight.findings.moves import Move
from headway.insight.findings.values import between, count, share, written
from headway.insight.rules.verdict import Verdict

_COLOURS = {Verdict.PREVENTABLE: "green", Verdict.UNDERSTAFFED: "yellow", Verdict.CANNOT_TELL: "cyan"}
_ROWS, _COLUMNS, _CELL = 8, 7, 48


def show(result: Result) -> None:
    """Prints everything on standard output."""
    console = Console(highlight=False)
    front = result.front
    period = f"{moment(result.period_ms[0])[:10]} to {moment(result.period_ms[1])[:10]}"
    console.print(f"{count(result.counted)} tickets, {count(result.events)} events, {period}", style="dim")
    console.print()
    console.print(Text(front.headline, style=f"bold {_COLOURS[front.verdict]}"))
    console.print(front.why, markup=False)
    for number, move in enumerate(front.moves, start=1):
        _move(console, number, move)
    console.print()
    console.print(Text.assemble(("Not now: ", "bold"), front.not_to_do))
    for spec, found in result.findings.values():
        if isinstance(found, Found):
            _found(console, spec, found, result.money.currency)
    _off(console, result)
    _trust(console, result.trust, front.agreement)


def _move(console: Console, number: int, move: Move) -> None:
    hours = between(move.hours_low, move.hours_high, Unit.HOURS)
    fte = between(move.fte_low, move.fte_high, Unit.NUMBER)
    console.print()
    console.print(Text.assemble((f"{number}. {move.title}", "bold"), f"  {hours} a month, {fte} FTE"))
    console.print(f"   {move.says}", markup=False)
    console.print(f"   First: {move.first}", markup=False)
    console.print(f"   Effort: {move.effort}. Risk: {move.risk}", style="dim", markup=False)
    console.print(f"   Check by hand: {', '.join(move.tickets)}", style="dim", markup=False)


def _found(console: Console, spec: Spec, found: Found, currency: str) -> None:
    console.print()
    console.rule(Text(spec.title, style="bold"), align="left", style="dim")
    console.print(found.says, markup=False)
    if found.tables:
        console.print(_drawn(found.tables[0], currency))
    console.print(Text.assemble(("→ ", "green"), found.do))
    for note in found.notes:
        console.print(note, style="dim", markup=False)
    behind = f"{found.certainty.capitalize()}, on {count(found.sample)} tickets."
    if found.tickets:
        behind += f" Look at: {', '.join(found.tickets[:5])}"
    console.print(behind, style="dim", markup=False)


def _drawn(table: Table, currency: str) -> Drawn:
    drawn = Drawn(box=None, pad_edge=False, header_style="dim", title=None)
    columns = table.columns[:_COLUMNS]
    for column in columns:
        drawn.add_column(column.title, justify="left" if column.unit in {Unit.TEXT, Unit.DAY} else "right")
    rows = table.rows[-_ROWS:] if columns[0].unit is Unit.DAY else table.rows[:_ROWS]
    for row in rows:
        cells = (written(value, column.unit, currency) for value, column in zip(row, columns, strict=False))
        drawn.add_row(*(Text(cell if len(cell) <= _CELL else f"{cell[: _CELL - 1]}…") for cell in cells))
    return drawn


def _off(console: Console, result: Result) -> None:
    off = [(spec, found) for spec, found in result.findings.values() if isinstance(found, Off)]
    if off:
        console.print()
        console.rule(Text("What this source cannot tell", style="bold"), align="left", style="dim")
    for spec, found in off:
        console.print(f"{spec.title}: {found.why}", markup=False)


def _trust(console: Console, trust: Trust, agreement: tuple[tuple[str, float, int], ...]) -> None:
    console.print()
    console.rule(Text("What this stands on", style="bold"), align="left", style="dim")
    for read in trust.reads:
        console.print(f"Read {read.path.name} as {read.reader}: {count(read.rows)} rows.", markup=False)
    for what, n in trust.excluded:
        console.print(f"Not counted: {what}: {count(n)}.", markup=False)
    if trust.problems:
        rows = "1 row" if trust.problems == 1 else f"{count(trust.problems)} rows"
        console.print(f"{rows} could not be read or not whole; --problems FILE keeps them all.")
    for file, line, reason, _row in trust.shown_problems[:5]:
        console.print(f"  {file}, line {line}: {reason}", style="dim", markup=False)
    for name, part, n in agreement:
        console.print(f"{name}: {share(part)} of {count(n)} tickets agree with the source's own figure.", markup=False)
    if trust.silent_days is not None:
        console.print(
            f"Assumed: answered and silent for {trust.silent_days} days is solved. The source never solves any."
        )
