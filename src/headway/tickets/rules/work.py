"""How much of the time a window tells is believed. Pure."""

# A window tells every 30 seconds: the first time it tells of more than this is not about this visit.
MOST_AT_FIRST = 90_000


def counted(told_ms: int, known_ms: int | None, free_ms: int | None) -> int:
    """The active milliseconds of a visit, of which `known_ms` were known (None: it is new) and `told_ms` are told now.

    `free_ms` is how long ago the person was heard of last, from any window (None: never): whatever their windows tell,
    nobody works for longer than the clock runs. What is told again, or late, changes nothing.
    """
    known = known_ms or 0
    more = max(0, told_ms - known)
    if known_ms is None:
        more = min(more, MOST_AT_FIRST)
    return known + (more if free_ms is None else min(more, max(0, free_ms)))
