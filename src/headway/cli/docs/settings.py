"""The page of workspace settings."""

from dataclasses import fields

import msgspec

from headway.cli.docs import row
from headway.settings.definitions import Settings


def page() -> str:
    """Every setting with its default and meaning."""
    lines = [
        "# Workspace settings",
        "",
        "Changed at the desk or by the API while Headway runs; every change is kept.",
        "",
    ]
    lines += [row("Setting", "Default", "Meaning"), row("---", "---", "---")]
    defaults = Settings()
    for entry in fields(Settings):
        default = msgspec.json.encode(getattr(defaults, entry.name)).decode()
        lines.append(row(f"`{entry.name}`", f"`{default}`", entry.metadata["doc"]))
    return "\n".join(lines)
