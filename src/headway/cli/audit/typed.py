"""What may be typed behind `headway audit`, with its help."""

from pathlib import Path
from typing import Annotated

import typer

Files = Annotated[
    list[str],
    typer.Argument(help="Exports of your help desk, event logs, or an address: zendesk://acme.", show_default=False),
]
Download = Annotated[
    Path | None,
    typer.Option(
        "--download",
        help="The folder that keeps what is fetched from an address. Without it one named after the address.",
        show_default=False,
    ),
]
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
Tiers = Annotated[
    str,
    typer.Option(
        "--tiers",
        help='Tiers of teams, or of people where there are no teams: "Frontline=1, Billing=2".',
        show_default=False,
    ),
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
Calibration = Annotated[
    int,
    typer.Option(help="What estimates of working time are multiplied by, in percent.", min=10, max=1000),
]
Customers = Annotated[
    int | None,
    typer.Option("--customers", help="How many customers you have, for the contact rate.", min=1, show_default=False),
]
Currency = Annotated[str, typer.Option("--currency", help="The currency of the cost.")]
Names = Annotated[bool, typer.Option("--names", help="Show people's names and customers' words. Masked without it.")]
Report = Annotated[
    Path | None,
    typer.Option(
        "--report",
        help="Where the report goes. Without it headway-audit.html, and none with --json.",
        show_default=False,
    ),
]
Problems = Annotated[
    Path | None, typer.Option("--problems", help="Write every row that could not be read to this CSV file.")
]
Silent = Annotated[
    int,
    typer.Option(
        "--silent-days", help="Where a source never solves tickets: answered and silent so long is solved.", min=1
    ),
]
Memory = Annotated[
    int | None,
    typer.Option(
        "--memory",
        help="Megabytes to work in; beyond them it goes to disk. Without it a quarter of the machine's, 512 to 2048.",
        min=256,
        show_default=False,
    ),
]
