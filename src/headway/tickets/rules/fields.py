"""Whether the values given for custom fields fit their definitions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Value = str | int | float | bool | None
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Definition:
    """A custom field as the rules need it."""

    key: str
    kind: str
    label: str
    options: tuple[str, ...] = ()
    required: bool = False


def problems(definitions: Sequence[Definition], values: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong, by key; empty when all values fit. None clears a field."""
    known = {definition.key: definition for definition in definitions}
    found = {key: "There is no such field on this type of ticket." for key in values if key not in known}
    for key, value in values.items():
        if key in known and value is not None and (problem := _problem(known[key], value)):
            found[key] = problem
    return found


def missing(definitions: Sequence[Definition], values: Mapping[str, Any]) -> list[str]:
    """The keys of required fields without a value, in order: asked for before a ticket is solved."""
    return [entry.key for entry in definitions if entry.required and values.get(entry.key) in (None, "")]


def _problem(definition: Definition, value: Any) -> str | None:
    match definition.kind:
        case "number":
            if isinstance(value, bool) or not isinstance(value, int | float):
                return "This must be a number."
        case "check":
            if not isinstance(value, bool):
                return "This must be yes or no."
        case "date":
            try:
                date.fromisoformat(value)
            except (TypeError, ValueError):
                return "This must be a date like 2026-11-30."
        case "choice":
            if value not in definition.options:
                return "This must be one of: " + ", ".join(definition.options)
        case _:
            if not isinstance(value, str) or len(value) > LONGEST:
                return f"This must be a text of at most {LONGEST} characters."
    return None
