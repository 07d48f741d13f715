"""The page of commands."""

from typing import Any

import typer.main


def page() -> str:
    """Every command with its options, as `--help` says it."""
    from headway.cli import app

    lines = ["# Commands", "", "`headway COMMAND --help` says the same."]
    for path, command in _walk("headway", typer.main.get_command(app)):
        if hasattr(command, "list_commands"):
            continue
        lines += ["", f"## {path}", "", (command.help or "").strip(), ""]
        for parameter in command.params:
            record = parameter.get_help_record(typer.Context(command, info_name=path))
            if parameter.param_type_name == "argument":
                lines.append(f"- `{parameter.name.upper()}`: {getattr(parameter, 'help', '') or ''}".rstrip(": "))
            elif record and "--help" not in record[0]:
                lines.append(f"- `{record[0]}`: {record[1]}")
    return "\n".join(lines)


def _walk(path: str, command: Any) -> list[tuple[str, Any]]:
    """The command and all below it. Typer carries its own copy of click, whose classes have no public name."""
    found = [(path, command)]
    if hasattr(command, "list_commands"):
        context = typer.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None and not child.hidden:
                found += _walk(f"{path} {name}", child)
    return found
