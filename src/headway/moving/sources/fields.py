"""Definitions of custom fields, as help desks write them."""

from collections.abc import Iterable, Mapping
from typing import Any

from headway.moving.records import Asked
from headway.moving.sources.values import words_of


def defined(key: str, label: Any, kind: str, options: Mapping[str, str] | None = None) -> Asked:
    """A field; a choice of which no options are told holds any text."""
    if kind == "choice" and not options:
        kind = "text"
    return Asked(key=key, label=str(label or words_of(key)), kind=kind, options=dict(options or {}))


def heard(names: Iterable[str]) -> list[Asked]:
    """Fields of which only values are known: texts, unless their definitions say more."""
    return [Asked(key=name, label=words_of(name), kind="text", hearsay=True) for name in names]


def options_of(choices: Any) -> dict[str, str]:
    """What can be chosen: words, objects with a value or a label, or labels by their values."""
    if isinstance(choices, Mapping):
        return {str(value): str(label) if isinstance(label, str) else str(value) for value, label in choices.items()}
    found: dict[str, str] = {}
    for one in choices or ():
        if isinstance(one, Mapping):
            value = one.get("value", one.get("label", one.get("id")))
            found[str(value)] = str(one.get("label") or one.get("name") or value)
        else:
            found[str(one)] = str(one)
    return found
