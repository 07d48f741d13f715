"""`headway import go-on`: an import of the desk that was stopped or broke off."""

from typing import Annotated

import typer

from headway.cli.report import AsJson, report
from headway.cli.workspace import workspace

Number = Annotated[
    int | None,
    typer.Argument(help="The import's number; none: list those that can be gone on with.", show_default=False),
]


def go_on(number: Number = None, as_json: AsJson = False) -> None:
    """Go on with an import of the desk that was stopped or broke off: what was brought stays, what is missing comes.

    The worker does it, as after "Go on" at the desk. What a command brought in goes on when you run the command again.
    """
    with workspace():
        from headway.events.actor import Actor
        from headway.foundation.jobs.workers import living
        from headway.moving.actions import starting
        from headway.moving.queries import runs

        if number is not None:
            run = starting.start(runs.run_by_id(number), actor=Actor.system())
            told = runs.report_of(run)
            lines = [f"Import {run.pk} from {run.system} goes on where it ended."]
            if not living():
                lines.append("No worker is running. It begins as soon as one does: headway up")
        else:
            told = {"imports": [runs.report_of(run) for run in runs.resumable()]}
            lines = [
                f"{one['id']}: {one['system']}, {one['state']}. {one['error']}".rstrip() for one in told["imports"]
            ] or ["There is none to go on with."]
    report(told, lines, as_json)
