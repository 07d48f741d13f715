"""The page of events."""

import inspect
from dataclasses import fields

from headway.cli.docs import row
from headway.events.event import kinds


def page() -> str:
    """Every kind of event with its fields."""
    lines = [
        "# Events",
        "",
        "What happens is one of these in the journal: ids, enumerations and numbers, never text about people.",
    ]
    for kind, event_class in sorted(kinds().items()):
        lines += ["", f"## {kind}", "", inspect.cleandoc(event_class.__doc__ or ""), ""]
        lines += [row("Field", "Type"), row("---", "---")]
        for entry in fields(event_class):
            name = f"{entry.name} (subject)" if entry.name == event_class.subject_field else entry.name
            shown = entry.type if isinstance(entry.type, str) else getattr(entry.type, "__name__", str(entry.type))
            if "[" in str(entry.type) or "|" in str(entry.type):
                shown = str(entry.type)
            lines.append(row(f"`{name}`", f"`{shown}`"))
    return "\n".join(lines)
