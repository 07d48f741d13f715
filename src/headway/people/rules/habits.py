"""How somebody works at the desk: keys, where they go after acting on a ticket, and how it looks to them. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

# The keys of the desk as they are unless a person maps them anew: single ones, and two after one another to go places.
SINGLE = (
    "j", "k", "x", "/", "f", "v", "c", "u", "e", "r", "n", "m", "a", "d", "t", "p", "l", "s", "o", "i", ".", "!", "U",
    "w", "z", "b", "?",
)  # fmt: skip
GOING = ("g m", "g u", "g n", "g i", "g t", "g w", "g z", "g s", "g a", "g c", "g o", "g e", "g h")
KEYS = (*SINGLE, *GOING)
AFTER = ("next", "stay", "list")
LOOKS = {
    "theme": ("", "light", "dark"), "density": ("", "compact"), "motion": ("", "reduce"), "side": ("", "closed"),
    "journal": ("", "all"),
}  # fmt: skip
# Of the panel beside a ticket, in pixels; 0 is the usual.
WIDTHS = (0, 240, 320, 360, 400, 440, 480, 520)


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """A person's habits; as it begins, as it always is. "" is what their system or the product would do."""

    after: str = "next"
    keys_off: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)
    theme: str = ""
    density: str = ""
    motion: str = ""
    side: str = ""
    side_width: int = 0
    journal: str = ""  # "all": conversations show everything that happened


def habits_of(kept: Mapping[str, Any]) -> Habits:
    """Habits as they are kept; what is not kept, or not known any more, is as it always is."""
    return Habits(**{name: value for name, value in kept.items() if name in Habits.__slots__})


def checked(habits: Habits) -> tuple[dict[str, Any] | None, str]:
    """The habits as they are kept, without what is as it always is; or None, and the name of the field that does not
    fit. A key is one visible character, to go somewhere two; none does two things, and none begins another."""
    if habits.after not in AFTER:
        return None, "after"
    for name, values in LOOKS.items():
        if getattr(habits, name) not in values:
            return None, name
    if habits.side_width not in WIDTHS:
        return None, "side_width"
    keys: object = habits.keys
    if not isinstance(keys, Mapping) or not all(_fits(usual, chosen) for usual, chosen in keys.items()):
        return None, "keys"
    changed = {usual: chosen for usual, chosen in keys.items() if usual != chosen}
    present = [changed.get(usual, usual) for usual in KEYS]
    begins = {chosen.partition(" ")[0] for chosen in present if " " in chosen}
    if len(set(present)) != len(present) or begins & set(present):
        return None, "keys"
    kept = asdict(habits) | {"keys": changed, "keys_off": bool(habits.keys_off)}
    return {name: value for name, value in kept.items() if value != getattr(Habits(), name)}, ""


def _fits(usual: object, chosen: object) -> bool:
    if usual not in KEYS or not isinstance(chosen, str):
        return False
    parts = chosen.split(" ")
    return len(parts) <= (2 if usual in GOING else 1) and all(len(part) == 1 and part.isprintable() for part in parts)
