"""`headway audit FILE…`."""

from pathlib import Path
from typing import Annotated

import typer

from headway.cli.progress import bars
from headway.cli.report import AsJson, report

Files = Annotated[list[Path], typer.Argument(help="Exports of your help desk, or event logs.", show_default=False)]
Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        help="COLUMN=FIELD: what a column holds; FIELD:VALUE=MEANING: what a value means. As often as needed.",
        show_default=False,
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show how columns and values are taken, and the first rows.")]
Zone = Annotated[str, typer.Option("--tz", help="The zone of times that carry none, and of local days.")]
Rows = Annotated[
    str, typer.Option("--rows", help="What a row is, ticket or event. Without it the file tells.", show_default=False)
]
Since = Annotated[str, typer.Option("--since", help="Count tickets created on this day or later.", show_default=False)]
Until = Annotated[str, typer.Option("--until", help="Count tickets created before this day.", show_default=False)]
Hours = Annotated[str, typer.Option("--hours", help='Business hours, like "mon-fri 09:00-17:00".', show_default=False)]
Cost = Annotated[
    float | None,
    typer.Option("--cost-month", help="Fully loaded cost of support in a month.", min=0, show_default=False),
]
Paid = Annotated[
    float | None, typer.Option("--hours-month", help="Paid hours of the team in a month.", min=0, show_default=False)
]
Currency = Annotated[str, typer.Option("--currency", help="The currency of the cost.")]
Names = Annotated[bool, typer.Option("--names", help="Show people's names and customers' words. Masked without it.")]
Problems = Annotated[
    Path | None, typer.Option("--problems", help="Write every row that could not be read to this CSV file.")
]
Silent = Annotated[
    int,
    typer.Option(
        "--silent-days", help="Where a source never solves tickets: answered and silent so long is solved.", min=1
    ),
]
Memory = Annotated[int, typer.Option("--memory", help="Megabytes to work in; beyond them it goes to disk.", min=256)]


def audit(
    files: Files,
    mapping: Map = None,
    dry_run: DryRun = False,
    zone: Zone = "UTC",
    rows: Rows = "",
    since: Since = "",
    until: Until = "",
    hours: Hours = "",
    cost_month: Cost = None,
    hours_month: Paid = None,
    currency: Currency = "EUR",
    names: Names = False,
    problems: Problems = None,
    silent_days: Silent = 7,
    memory: Memory = 1024,
    as_json: AsJson = False,
) -> None:
    """Find out from a help desk's own export where its time goes and what to do first.

    Reads CSV, JSONL, Parquet (a row for each ticket or each event) and XES. Nothing leaves this machine, and nothing
    has to be set up before.
    """
    from headway.cli.audit.untranslated import untranslated

    untranslated()  # before anything that says a sentence is imported
    from headway.cli.audit import options, rehearsal, terminal
    from headway.insight import audit as auditing
    from headway.insight.exported import as_json as exported
    from headway.insight.findings.features import Money
    from headway.insight.result import Wanted

    wanted = Wanted(
        reading=options.reading(mapping or [], zone, rows),
        money=Money(cost_month, hours_month, currency),
        within=options.within(since, until, zone),
        hours=options.business_hours(hours),
        names=names,
        memory_mb=memory,
        silent_days=silent_days,
    )
    if dry_run:
        report(*rehearsal.rehearse(files, wanted), as_json)
        return
    with bars(as_json) as progress:
        result = auditing.run(files, wanted, progress, problems)
    if as_json:
        report(exported(result), (), as_json)
    else:
        terminal.show(result)
