"""`headway release`."""

from typing import TYPE_CHECKING, Annotated

import typer

from headway.cli.report import AsJson, report
from headway.cli.workspace import workspace
from headway.foundation.errors import Conflict

if TYPE_CHECKING:
    from headway.ops.pending import Pending


def release(
    yes: Annotated[bool, typer.Option("--yes", help="Release without asking.")] = False,
    cancel_mail: Annotated[
        bool, typer.Option("--cancel-mail", help="First cancel the mails that wait, so that none of them leaves.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Let a held workspace send and fetch again, after showing what is pending.

    A restored workspace is held: the mails that wait in it may have left the original since. With --json and without
    --yes it only shows.
    """
    with workspace():
        from headway.events.actor import Actor
        from headway.intake.email import sending
        from headway.ops.pending import pending
        from headway.settings.actions import release as let_go

        waiting = pending()
        if waiting.held_since is None:
            raise Conflict("The workspace is not held: it sends and fetches.")
        cancelled = 0
        if not as_json:
            for line in _told(waiting):
                typer.echo(line)
        elif not yes:
            report({"released": False, "cancelled": 0, "pending": waiting.as_json()}, [], as_json)
            return
        if not yes and not typer.confirm("Release the workspace?"):
            raise typer.Exit(1)
        if cancel_mail:
            cancelled = sending.cancel_pending()
        let_go(actor=Actor.system())
    lines = [f"Mails cancelled: {cancelled}."] if cancel_mail else []
    lines.append("Released: the workspace sends and fetches again.")
    report({"released": True, "cancelled": cancelled, "pending": waiting.as_json()}, lines, as_json)


def _told(waiting: "Pending") -> list[str]:
    """What is pending, in sentences."""
    lines = [f"Held since {waiting.held_since} ({waiting.reason}). Once released:"]
    count = sum(waiting.mails.values())
    if count:
        lines.append(f"  mails that leave: {count}, written from {waiting.written_from} to {waiting.written_to}")
        lines += [f"    {mail}" for mail in waiting.first_mails]
        if count > len(waiting.first_mails):
            lines.append(f"    … and {count - len(waiting.first_mails)} more")
        lines.append("    If the original installation went on after the backup, it may have sent them: --cancel-mail")
    else:
        lines.append("  no mail is waiting to leave")
    if waiting.mails_to_read:
        lines.append(f"  mails that came in and are read: {waiting.mails_to_read}")
    if waiting.jobs:
        lines.append("  jobs: " + ", ".join(f"{name} ({number})" for name, number in waiting.jobs.items()))
    lines.append("  schedules: " + (", ".join(waiting.schedules) or "none"))
    return lines
