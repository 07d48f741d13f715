"""Facts as people write them: one a line, `name: value`."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid


def written(facts: Mapping[str, Any]) -> str:
    """The facts as lines."""
    return "\n".join(f"{name}: {_word(value)}" for name, value in facts.items())


def read(text: str, before: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that the lines say. A value nobody touched keeps its kind; a new one is a text. Raises Invalid."""
    found: dict[str, Any] = {}
    longest = sorted(before, key=len, reverse=True)
    for line in text.replace("\x00", "").splitlines():
        if not line.strip():
            continue
        name, colon, _rest = line.strip().partition(":")
        if not colon or not name.strip():
            raise Invalid(_("Write each fact on a line of its own, as name: value."), field="facts")
        # a name that is there already may have a colon in it
        key = next((each for each in longest if line.strip().startswith(f"{each}:")), name.strip())
        words = line.strip()[len(key) :].lstrip().removeprefix(":").strip()
        found[key] = before[key] if key in before and _word(before[key]) == words else words
    return found


def _word(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(str(value).split())
