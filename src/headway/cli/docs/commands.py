"""The page of commands."""

import typer.main
from click import Command, Context, Group


def page() -> str:
    """Every command with its options, as `--help` says it."""
    from headway.cli import app

    lines = ["# Commands", "", "`headway COMMAND --help` says the same."]
    for path, command in _walk("headway", typer.main.get_command(app)):
        if isinstance(command, Group):
            continue
        lines += ["", f"## {path}", "", (command.help or "").strip(), ""]
        for parameter in command.params:
            record = parameter.get_help_record(Context(command, info_name=path))
            if parameter.param_type_name == "argument":
                lines.append(
                    f"- `{parameter.human_readable_name}`: {getattr(parameter, 'help', '') or ''}".rstrip(": ")
                )
            elif record and "--help" not in record[0]:
                lines.append(f"- `{record[0]}`: {record[1]}")
    return "\n".join(lines)


def _walk(path: str, command: Command) -> list[tuple[str, Command]]:
    found = [(path, command)]
    if isinstance(command, Group):
        for name in command.list_commands(Context(command)):
            child = command.get_command(Context(command), name)
            if child is not None and not child.hidden:
                found += _walk(f"{path} {name}", child)
    return found
