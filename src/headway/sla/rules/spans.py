"""Spans of open time as people write them: "45 min", "4 h", "1 h 30 min"."""

import re

_UNITS = {"h": 60, "min": 1, "m": 1}
_PART = re.compile(r"(\d{1,6})\s*(h|min|m)?\b", re.IGNORECASE)


def minutes(text: str) -> int | None:
    """The minutes of a span; a number alone is minutes. None when it cannot be read."""
    parts = list(_PART.finditer(text.strip()))
    if not parts or _PART.sub("", text).strip():
        return None
    return sum(int(part[1]) * _UNITS[(part[2] or "min").lower()] for part in parts)


def written(count: int) -> str:
    """The opposite: "90" is "1 h 30 min"."""
    hours, rest = divmod(count, 60)
    return " ".join(filter(None, (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "")))
