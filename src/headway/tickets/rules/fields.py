"""Whether the values given for custom fields fit their definitions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a value: a sentence, and what is filled into it once it is translated."""

    said: str
    about: Mapping[str, object] = field(default_factory=dict)


def problems(definitions: Sequence[Definition], values: Mapping[str, Any]) -> dict[str, Problem]:
    """What is wrong, by key; empty when all values fit. None clears a field."""
    known = {definition.key: definition for definition in definitions}
    found = {key: Problem("There is no such field on this type of ticket.") for key in values if key not in known}
    for key, value in values.items():
        if key in known and value is not None and (problem := _problem(known[key], value)):
            found[key] = problem
    return found


def missing(definitions: Sequence[Definition], values: Mapping[str, Any]) -> list[str]:
    """The keys of required fields without a value, in order: asked for before a ticket is solved."""
    return [entry.key for entry in definitions if entry.required and values.get(entry.key) in (None, "")]


def _problem(definition: Definition, value: Any) -> Problem | None:
    match definition.kind:
        case "number":
            if isinstance(value, bool) or not isinstance(value, int | float):
                return Problem("This must be a number.")
        case "check":
            if not isinstance(value, bool):
                return Problem("This must be yes or no.")
        case "date":
            try:
                date.fromisoformat(value)
            except (TypeError, ValueError):
                return Problem("This must be a date like 2026-11-30.")
        case "choice":
            if value not in definition.options:
                return Problem("This must be one of: %(options)s", {"options": ", ".join(definition.options)})
        case _:
            if not isinstance(value, str) or len(value) > LONGEST:
                return Problem("This must be a text of at most %(most)d characters.", {"most": LONGEST})
    return None
