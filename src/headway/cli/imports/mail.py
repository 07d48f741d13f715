"""`headway import mail`."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from headway.cli.progress import bars
from headway.cli.report import AsJson, report
from headway.cli.workspace import workspace

Paths = Annotated[
    list[Path], typer.Argument(help="Mails (.eml), mbox files, Maildirs, or folders of them.", show_default=False)
]
CloseAfter = Annotated[
    int | None,
    typer.Option(
        "--close-after",
        help="Close tickets on which nothing was said for so many days. Without it they wait for an answer.",
        min=1,
        show_default=False,
    ),
]


def mail(paths: Paths, close_after: CloseAfter = None, as_json: AsJson = False) -> None:
    """Bring in old mail as customers, tickets and messages.

    Nothing is sent and nobody is alerted. A mail is brought in once, however often you run this; interrupted, it goes
    on where it stopped. What cannot be read is kept and reported.
    """
    with workspace(), bars(as_json) as progress:
        from headway.intake.email import importing

        close = timedelta(days=close_after) if close_after else None
        counts = importing.run([path.absolute() for path in paths], progress=progress, close_after=close)
    told = f"{counts.messages:,} messages on {counts.tickets:,} new tickets, {counts.joined:,} of them joined others"
    lines = [f"Read {counts.read:,} mails: {told}; {counts.duplicates:,} were known already."]
    if counts.quarantined:
        lines.append(f"{counts.quarantined:,} could not be read as mail. They are kept in quarantine.")
    if counts.aside:
        lines.append(f"{len(counts.aside):,} of those known already lie in quarantine since an earlier import.")
    lines += [f"Not read: {one['path']}: {one['reason']}" for one in counts.unreadable[:20]]
    if len(counts.unreadable) > 20:
        lines.append(f"… and {len(counts.unreadable) - 20:,} more that could not be opened.")
    report(counts.as_json(), lines, as_json)
    if counts.unreadable:
        raise typer.Exit(1)
