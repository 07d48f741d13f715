"""What is wrong with a catalogue: what is missing, unsure, or would break a sentence or a page."""

import re
from collections import Counter

from babel.messages.catalog import Catalog, Message

# What a program puts into a text, or a browser reads in it: the translation has to hold the same.
_PLACES = re.compile(r"%\(\w+\)[a-z]|%[a-z%]?|\{\w*\}|</?\w+[^>]*>|https?://[^\s,;]*[\w/]|`[^`]+`")
_QUOTED = 60


def complaints(catalogue: Catalog) -> list[str]:
    """One sentence for each."""
    return [
        f"{what}: {_ids(message)[0][:_QUOTED]!r}"
        for message in catalogue
        if message.id
        for what in _wrong(message, catalogue.num_plurals)
    ]


def _wrong(message: Message, plurals: int) -> list[str]:
    ids, strings = _ids(message), _strings(message)
    if not any(strings):
        return ["not translated"]
    if message.fuzzy:
        return ["fuzzy"]
    found = []
    if len(strings) != (plurals if len(ids) > 1 else 1) or not all(strings):
        found.append("plural forms missing")
    allowed = [Counter(_PLACES.findall(text)) for text in ids]
    found += [
        f"other placeholders in {string[:_QUOTED]!r}"
        for string in strings
        if Counter(_PLACES.findall(string)) not in allowed
    ]
    if any(_edges(string) not in {_edges(text) for text in ids} for string in strings):
        found.append("other spaces at the edges")
    return found


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _strings(message: Message) -> tuple[str, ...]:
    return (
        (message.string or "",) if isinstance(message.string, str) or message.string is None else tuple(message.string)
    )
