"""Colours of a brand."""

import re

_ACCENT = re.compile(r"#[0-9a-fA-F]{6}")


def is_colour(text: str) -> bool:
    """Whether it is written as #rrggbb."""
    return bool(_ACCENT.fullmatch(text))
