"""What the findings stand on, in the terminal: what was off, read, left out and assumed."""

from rich.console import Console
from rich.text import Text

from headway.cli.audit.amounts import amount
from headway.insight.findings.finding import Off
from headway.insight.findings.values import count, share
from headway.insight.result import Result, Trust

_CATEGORIES = {
    "field": "Categories are the source's own field.",
    "tag": "Categories are each ticket's first tag.",
    "field or tag": "Categories are the source's own field, and a ticket's first tag where that is empty.",
    "question": "The source has no categories: they are questions that recur in customers' texts, on {} of tickets.",
}


def off(console: Console, result: Result) -> None:
    """Findings that this source cannot give."""
    missing = [(spec, found) for spec, found in result.findings.values() if isinstance(found, Off)]
    if missing:
        console.print()
        console.rule(Text("What this source cannot tell", style="bold"), align="left", style="dim")
    for spec, found in missing:
        console.print(f"{spec.title}: {found.why}", markup=False)


def trust(console: Console, ground: Trust, agreement: tuple[tuple[str, float, int], ...]) -> None:
    """What was read, left out and assumed."""
    console.print()
    console.rule(Text("What this stands on", style="bold"), align="left", style="dim")
    for read in ground.reads:
        console.print(f"Read {read.path.name} as {read.reader}: {amount(read.rows, 'row')}.", markup=False)
    for what, n in ground.excluded:
        console.print(f"Not counted: {what}: {count(n)}.", markup=False)
    if ground.problems:
        console.print(
            f"{amount(ground.problems, 'row')} could not be read or not whole; --problems FILE keeps them all."
        )
    for file, line, reason, _row in ground.shown_problems[:5]:
        console.print(f"  {file}, line {line}: {reason}", style="dim", markup=False)
    if ground.disordered:
        rows = f"{amount(ground.disordered, 'row')} {'is' if ground.disordered == 1 else 'are'}"
        console.print(f"{rows} in the wrong order of time; --problems FILE keeps them all.")
    for file, line, reason, _row in ground.shown_disordered[:5]:
        console.print(f"  {f'{file}, line {line}: ' if file else ''}{reason}", style="dim", markup=False)
    for name, part, n in agreement:
        console.print(
            f"{name}: {share(part)} of {amount(n, 'ticket')} as the source itself states, within a minute.",
            markup=False,
        )
    if ground.category_from:
        console.print(_CATEGORIES[ground.category_from].format(share(ground.clustered or 0)))
    if ground.silent_days is not None:
        days = amount(ground.silent_days, "day")
        console.print(f"Assumed: answered and silent for {days} is solved. The source never solves any.")
