"""How somebody works at the desk: single keys, and where they go after acting on a ticket. Pure."""

from collections.abc import Mapping
from typing import Any

# The single keys of the desk as they are unless a person maps them anew.
KEYS = (
    "j",
    "k",
    "x",
    "/",
    "f",
    "v",
    "c",
    "u",
    "e",
    "r",
    "n",
    "m",
    "a",
    "t",
    "p",
    "l",
    "s",
    "i",
    ".",
    "!",
    "U",
    "w",
    "?",
)
AFTER = ("stay", "next", "list")


def checked(after: object, keys_off: object, keys: object) -> tuple[dict[str, Any] | None, str]:
    """The habits as they are kept, without what is as it always is; or None, and the name of the field that does not
    fit. A key is one visible character, and none does two things."""
    if after not in AFTER:
        return None, "after"
    if not isinstance(keys, Mapping) or not all(_fits(default, chosen) for default, chosen in keys.items()):
        return None, "keys"
    changed = {default: chosen for default, chosen in keys.items() if default != chosen}
    present = [changed.get(default, default) for default in KEYS]
    if len(set(present)) != len(present):
        return None, "keys"
    return {"after": after, "keys_off": bool(keys_off), "keys": changed}, ""


def _fits(default: object, chosen: object) -> bool:
    return default in KEYS and isinstance(chosen, str) and len(chosen) == 1 and chosen.isprintable() and chosen != " "
