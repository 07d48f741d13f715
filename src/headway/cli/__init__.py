"""The `headway` command: a file a noun. What is heavy is imported inside the commands."""

import sys

import typer

from headway import __version__
from headway.cli import (
    audit,
    backup,
    demo,
    docs,
    doctor,
    imports,
    lake,
    mail,
    manage,
    people,
    processes,
    release,
    sample,
    upgrade,
)
from headway.foundation.errors import HeadwayError

START = "Start"
CARE = "Look after it"
APART = "Run the processes apart, on several machines"
EXPERTS = "For developers"

app = typer.Typer(
    name="headway",
    help="Headway: customer support that scales without headcount.\n\nNew here? `headway demo` shows it with samples.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

app.command("demo", rich_help_panel=START)(demo.demo)
app.command("up", rich_help_panel=START)(processes.up)
app.command("audit", rich_help_panel=START)(audit.audit)
app.add_typer(imports.app, name="import", rich_help_panel=START)
app.add_typer(people.app, name="admin", rich_help_panel=START)
app.add_typer(sample.app, name="sample", rich_help_panel=CARE)
app.add_typer(mail.app, name="mail", rich_help_panel=APART)
app.add_typer(lake.app, name="lake", rich_help_panel=CARE)
app.command("backup", rich_help_panel=CARE)(backup.backup)
app.command("restore", rich_help_panel=CARE)(backup.restore)
app.command("release", rich_help_panel=CARE)(release.release)
app.command("upgrade", rich_help_panel=CARE)(upgrade.upgrade)
app.command("doctor", rich_help_panel=CARE)(doctor.doctor)
app.command("web", rich_help_panel=APART)(processes.web)
app.command("live", rich_help_panel=APART)(processes.live)
app.command("worker", rich_help_panel=APART)(processes.worker)
app.command("listen", rich_help_panel=APART)(processes.listen)
app.command("migrate", rich_help_panel=APART)(processes.migrate)
app.command("docs", rich_help_panel=EXPERTS)(docs.docs)
app.command("manage", rich_help_panel=EXPERTS, context_settings=manage.CONTEXT)(manage.manage)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Say the version and end."),
) -> None:
    pass


def main() -> None:
    """Runs the command line. What is expected to go wrong is one sentence and exit code 1."""
    try:
        app(prog_name="headway")
    except HeadwayError as error:
        typer.echo(error.message, err=True)
        sys.exit(1)
    except Exception as error:
        # of Django or of psycopg: named here, so that neither is imported for a help text
        if not any(kind.__name__ == "OperationalError" for kind in type(error).__mro__):
            raise
        typer.echo(f"The database went away or refused to work: {str(error).splitlines()[0]}", err=True)
        sys.exit(1)
