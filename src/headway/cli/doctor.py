"""`headway doctor`."""

import typer

from headway.cli.report import AsJson, report
from headway.cli.workspace import workspace
from headway.foundation.errors import HeadwayError

_SIGNS = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "problem": ("✗", "red")}


def doctor(as_json: AsJson = False) -> None:
    """Check this installation, and say what to do about what is wrong. Ends with 1 when something does not work."""
    from headway.foundation import environment
    from headway.ops.doctor import examination, machine
    from headway.ops.doctor.finding import State, problem, warning

    env = environment.read()
    found = examination.of_machine(env)
    if machine.is_new():
        found.append(
            warning("installation", "Nothing has been started here yet.", "Start it: headway up, or headway demo")
        )
    elif machine.has_key():
        try:
            with workspace(current=False):
                found += examination.of_workspace(env)
        except HeadwayError as error:
            found.append(problem("database", error.message, ""))
    lines = []
    for each in found:
        sign, colour = _SIGNS[each.state]
        lines.append(f"{typer.style(sign, fg=colour)} {each.check:<13} {each.says}")
        if each.advice:
            lines.append(f"{'':<15} {typer.style('→', fg=colour)} {each.advice}")
    fine = all(each.state is not State.PROBLEM for each in found)
    report({"ok": fine, "findings": [each.as_json() for each in found]}, lines, as_json)
    if not fine:
        raise typer.Exit(1)
