"""`headway mail …`: the pipe of a mail server."""

import os
import sys
from typing import Annotated

import typer

from headway.cli.report import AsJson, report

# what mail servers understand (sysexits.h): try this one again later
_LATER = 75

app = typer.Typer(help="Take in single mails.", no_args_is_help=True)

Sender = Annotated[str, typer.Option("--sender", help="The envelope's sender, where known.")]
Recipient = Annotated[str, typer.Option("--recipient", help="The envelope's recipient, where known.")]


@app.command("deliver")
def deliver(sender: Sender = "", recipient: Recipient = "", as_json: AsJson = False) -> None:
    """Take one mail on standard input, for a mail server's pipe.

    Ends with 0 when the mail is safe: in the workspace, or in the spool while no server runs; then it comes in at the
    next start. Ends with 75 when it could not be kept.
    """
    raw = sys.stdin.buffer.read()
    envelope: dict[str, object] = {}
    if sender:
        envelope["from"] = sender
    if recipient:
        envelope["to"] = [recipient]
    if not raw.strip():
        typer.echo("There was no mail on standard input.", err=True)
        raise typer.Exit(1)
    try:
        where = _store(raw, envelope) or _spool(raw, envelope)
    except OSError as error:
        typer.echo(f"The mail could not be kept: {error}", err=True)
        raise typer.Exit(_LATER) from error
    report({"stored": where}, [] if where == "workspace" else ["Kept in the spool until a server runs."], as_json)


def _store(raw: bytes, envelope: dict[str, object]) -> str:
    """Through the door into the workspace; empty when no server runs here."""
    from headway.ops.embedded.attach import address_of_running, folder

    if not os.environ.get("DATABASE_URL", "").strip() and address_of_running(folder()) is None:
        return ""
    try:
        _keep(raw, envelope)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with the server: the spool keeps the mail
        typer.echo(f"The server did not take it ({type(error).__name__}).", err=True)
        return ""
    return "workspace"


def _keep(raw: bytes, envelope: dict[str, object]) -> None:
    import hashlib
    import secrets

    from headway.cli.workspace import workspace

    with workspace(current=False):
        from headway.intake.channel import Arrival
        from headway.intake.email.receiving import keep

        key = f"{secrets.token_hex(12)}:{hashlib.sha256(raw).hexdigest()}"
        keep([Arrival("pipe", key, raw, envelope)])


def _spool(raw: bytes, envelope: dict[str, object]) -> str:
    from headway.intake.email import spool

    spool.write(raw, envelope)
    return "spool"
