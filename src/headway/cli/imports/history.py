"""`headway import csv` and its kin: a help desk's history, with everything that belongs to it."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from headway.cli.imports import reporting
from headway.cli.progress import bars
from headway.cli.report import AsJson, report
from headway.cli.workspace import workspace

Table = Annotated[Path, typer.Argument(help="The file, with the names of its columns first.", show_default=False)]
Source = Annotated[
    str,
    typer.Argument(
        help="The export, a folder of JSON files or one of them; or the help desk's address, to fetch from its API.",
        show_default=False,
    ),
]
Download = Annotated[
    Path | None,
    typer.Option(
        "--download",
        help="Where what is fetched over the API is kept: the next run fetches what is new.",
        show_default=False,
    ),
]
Name = Annotated[
    str, typer.Option("--name", help="Which system it is, when you import from several.", show_default=False)
]
Zone = Annotated[str, typer.Option("--tz", help="The zone of times that carry none.")]
Link = Annotated[
    str,
    typer.Option("--link", help="Where the old system shows a ticket, with {id} for its number.", show_default=False),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would come, and write nothing.")]
Map = Annotated[
    list[str] | None,
    typer.Option("--map", help="COLUMN=FIELD: what a column holds. As often as needed.", show_default=False),
]
Problems = Annotated[
    Path | None, typer.Option("--problems", help="Write what could not be taken to this CSV.", show_default=False)
]


def csv(
    file: Table,
    mapping: Map = None,
    name: Name = "",
    zone: Zone = "UTC",
    link: Link = "",
    dry_run: DryRun = False,
    problems: Problems = None,
    as_json: AsJson = False,
) -> None:
    """Bring in tickets from a table: a row for each ticket, or for each message with its ticket's number.

    COLUMN=custom makes a column a field of the tickets. Run it again with a later table: what is new comes, and nothing
    comes twice.
    """
    options = _options(zone, link, mapping or [])
    with workspace(), bars(as_json) as progress:
        told = _brought("csv", file, name, options, dry_run, problems, progress)
    _tell(told, dry_run, as_json)


# What each help desk's command says of itself.
DESKS: Final = {
    "zendesk": """
    Bring in Zendesk's export, or zendesk://acme over its API: tickets, comments, people, fields, macros, views.

    Nothing is sent and nobody is alerted. Run it again with a later export: what is new comes, and nothing comes twice;
    killed, it goes on. Files that lie in a folder named attachments beside the JSON come with their messages.
    """,
    "freshdesk": """
    Bring in Freshdesk's export, or freshdesk://acme over its API: tickets, conversations, contacts, companies.
    """,
    "intercom": """
    Bring in Intercom over its API (intercom://, intercom://eu): conversations, contacts, companies, admins, teams.

    A folder with a download of it does too.
    """,
    "helpscout": """
    Bring in Help Scout over its API (helpscout://): conversations, customers, users, mailboxes as teams.

    A folder with a download of it does too.
    """,
    "zammad": """
    Bring in Zammad over its API (zammad://support.example.com): tickets, articles, users, groups, organisations.

    A folder with a download of it does too.
    """,
}


def of(kind: str) -> Callable[..., None]:
    """The command of a help desk."""

    def bring(
        source: Source,
        name: Name = "",
        zone: Zone = "UTC",
        link: Link = "",
        download: Download = None,
        dry_run: DryRun = False,
        problems: Problems = None,
        as_json: AsJson = False,
    ) -> None:
        _fetched(kind, source, download, name, _options(zone, link, []), dry_run, problems, as_json)

    bring.__doc__ = DESKS[kind]
    return bring


def _fetched(
    kind: str,
    source: str,
    download: Path | None,
    name: str,
    options: Any,
    dry_run: bool,
    problems: Path | None,
    as_json: bool,
) -> None:
    with workspace(), bars(as_json) as progress:
        # here: help desks have words to translate, and those need the settings
        from headway.cli.audit.given import folder

        with folder(kind, source, progress, kept=download, sample=dry_run) as path:
            told = _brought(kind, path, name, options, dry_run, problems, progress)
    _tell(told, dry_run, as_json)


def _options(zone: str, link: str, mapping: list[str]) -> Any:
    from zoneinfo import ZoneInfo

    from headway.foundation.errors import Invalid
    from headway.moving.sources.port import Options

    try:
        ZoneInfo(zone)
    except Exception as error:
        raise Invalid(f"There is no time zone {zone!r}. They are named like Europe/Berlin.") from error
    columns: dict[str, str] = {}
    for text in mapping:
        column, equals, field = text.rpartition("=")
        if not equals or not column:
            raise Invalid(f"--map is COLUMN=FIELD, not {text!r}.")
        columns[column] = field
    return Options(zone=zone, link=link, columns=columns)


def _brought(
    source: str, path: Path, name: str, options: Any, dry_run: bool, problems: Path | None, progress: Any
) -> dict[str, Any]:
    from headway.events.actor import Actor
    from headway.moving.actions import running
    from headway.moving.queries import runs
    from headway.moving.reading import Wanted, rehearse

    wanted = Wanted(source=source, path=path.absolute(), system=name, options=options)
    if dry_run:
        return rehearse(wanted, progress)
    run = running.bring(running.begin(wanted, actor=Actor.system()), wanted, progress)
    if problems is not None:
        reporting.write_problems(run, problems)
    return runs.report_of(run)


def _tell(told: dict[str, Any], dry_run: bool, as_json: bool) -> None:
    if dry_run:
        report(told, reporting.rehearsed(told), as_json)
        return
    report(told, reporting.lines(told), as_json)
    if not told["whole"]:
        raise typer.Exit(1)
