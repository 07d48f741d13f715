"""The findings in the terminal: each in a sentence first, then its rows, then what to do."""

from pathlib import Path

from rich.console import Console
from rich.table import Table as Drawn
from rich.text import Text

from headway.cli.audit import ground
from headway.cli.audit.amounts import amount
from headway.insight.findings.finding import Found, Spec
from headway.insight.findings.move import Move
from headway.insight.findings.table import Table, Unit
from headway.insight.findings.values import between, full_time, written
from headway.insight.result import Result
from headway.insight.rules.verdict import Verdict

_COLOURS = {Verdict.PREVENTABLE: "green", Verdict.UNDERSTAFFED: "yellow", Verdict.CANNOT_TELL: "cyan"}
_ROWS, _COLUMNS, _CELL = 8, 5, 48


def show(result: Result, report: Path | None) -> None:
    """Prints everything on standard output, and where the report is."""
    console = Console(highlight=False)
    front = result.front
    tickets, events = amount(result.counted, "ticket"), amount(result.events, "event")
    console.print(f"{tickets}, {events}, {' to '.join(result.days)}", style="dim")
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
    ground.off(console, result)
    ground.trust(console, result.trust, front.agreement)
    if report is not None:
        console.print()
        console.print(Text.assemble("The whole report: ", (str(report), "bold")))


def _move(console: Console, number: int, move: Move) -> None:
    hours = between(move.hours_low, move.hours_high, Unit.HOURS)
    fte = full_time(move.fte_low, move.fte_high)
    part = between(move.share_low, move.share_high, Unit.SHARE)
    console.print()
    console.print(
        Text.assemble((f"{number}. {move.title}", "bold"), f"  {hours} a month, {fte}, {part} of working time")
    )
    console.print(f"   {move.says}", markup=False)
    console.print(f"   First: {move.first}", markup=False)
    console.print(f"   Effort: {move.effort}. Risk: {move.risk}", style="dim", markup=False)
    console.print(f"   Assumed to be freed: {move.assumes}.", style="dim", markup=False)
    console.print(f"   Check by hand: {', '.join(move.tickets)}", style="dim", markup=False)


def _found(console: Console, spec: Spec, found: Found, currency: str) -> None:
    console.print()
    console.rule(Text(spec.title, style="bold"), align="left", style="dim")
    console.print(found.says, markup=False)
    if shown := [table for table in found.tables if table.rows]:
        console.print(_drawn(shown[0], currency))
    console.print(Text.assemble(("→ ", "green"), found.do))
    for note in found.notes:
        console.print(note, style="dim", markup=False)
    behind = f"{found.certainty.capitalize()}, on {amount(found.sample, 'ticket')}."
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
