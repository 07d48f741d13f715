"""The page of environment variables."""

from dataclasses import fields

from headway.cli.docs import row
from headway.foundation.environment import Environment


def page() -> str:
    """Every variable with its default and meaning."""
    lines = ["# Environment variables", "", "Read once when a process starts.", ""]
    lines += [row("Variable", "Default", "Meaning"), row("---", "---", "---")]
    for entry in fields(Environment):
        default = {True: "yes", False: "no"}.get(entry.default, entry.default)  # type: ignore[arg-type]
        shown = f"`{default}`" if default != "" else "empty"
        lines.append(row(f"`{entry.metadata['name']}`", shown, entry.metadata["doc"]))
    return "\n".join(lines)
